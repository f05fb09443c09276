-- A row that says again, for the same month and employer, just what a row says of which people have decided, on either side of it: an old
-- file is sent again. Of such rows there are few: they are gone through.
UPDATE staging.line AS l
SET person_id = d.person_id, candidate_person_id = d.candidate_person_id, rule = d.rule
FROM (
    SELECT DISTINCT ON (s.line_id) s.line_id, lp.person_id, lp.candidate_person_id,
           CASE WHEN ledger.is_by_person(lp.rule) OR lp.candidate_person_id IS NOT NULL THEN lp.rule ELSE 'same_row' END AS rule
    FROM (SELECT line_id FROM identity.line_person WHERE ledger.is_by_person(rule)
          UNION SELECT line_id FROM ledger.held_apart_from WHERE line_id IS NOT NULL) AS decided
    JOIN identity.line_person AS lp ON lp.line_id = decided.line_id
    JOIN identity.line_token AS t ON t.line_id = lp.line_id
    JOIN ledger.submission AS was ON was.submission_id = lp.submission_id
    JOIN staging.line AS s
        ON s.employer_uscc = t.employer_uscc AND s.name = t.name
       AND (s.number, s.name_birth, s.phone) IS NOT DISTINCT FROM (t.number, t.name_birth, t.phone)
    JOIN intake.submission AS now_sent ON now_sent.submission_id = s.submission_id AND now_sent.period = was.period
    WHERE s.batch_id = :batch_id AND s.disposition = 'accepted'
    ORDER BY s.line_id, lp.line_id DESC) AS d
WHERE l.line_id = d.line_id;
