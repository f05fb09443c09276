-- Rows whose number bears upon several whom people hold apart, of which nobody has been asked yet: an alert beside the review case.
INSERT INTO audit.event (action, subject, detail)
SELECT 'alert', format('submission %s', :submission_id),
       jsonb_build_object('says', format('%s rows bear number and name of persons whom people hold apart; they are in review', count(*)))
FROM staging.line AS l
WHERE l.line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
  AND l.rule = 'number_held_apart'
  AND NOT EXISTS (SELECT FROM identity.review_case AS c WHERE c.person_id = l.person_id)
HAVING count(*) > 0;
