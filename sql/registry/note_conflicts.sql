-- Records that say what people have decided otherwise: number and name of several whom they hold apart (in review), or a newer version of
-- somebody's record with number and name of somebody from whom he is held apart (a case: identity.contradicting_record).
INSERT INTO audit.event (action, subject, detail)
SELECT 'alert', format('registry extract %s', :load_id),
       jsonb_build_object('says', format('%s records bear number and name of persons whom people hold apart, %s of them are in review',
                                         in_review + contradicting, in_review))
FROM (SELECT (SELECT count(*) FROM incoming WHERE rule = 'number_held_apart') AS in_review,
             (SELECT count(DISTINCT record_id) FROM identity.contradicting_record WHERE load_id = :load_id) AS contradicting) AS told
WHERE in_review + contradicting > 0;
