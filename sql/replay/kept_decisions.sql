-- What a person has decided of a row stays decided when its file is taken again, where the row says the same name and number still.
UPDATE staging.line AS l
SET person_id = lp.person_id, candidate_person_id = lp.candidate_person_id, rule = lp.rule
FROM unnest(CAST(:line_ids AS bigint[]), CAST(:sheets AS integer[]), CAST(:rows AS integer[])) AS place(line_id, sheet, row_no)
JOIN ledger.submission AS s ON s.submission_id = :replay_of
JOIN ledger.roster_line AS former
    ON former.submission_id = s.submission_id AND former.report_month = s.period AND former.employer_uscc = s.employer_uscc
   AND former.sheet = place.sheet AND former.row_no = place.row_no
JOIN identity.line_person AS lp ON lp.line_id = former.line_id
JOIN identity.line_token AS t ON t.line_id = former.line_id
WHERE l.line_id = place.line_id AND l.disposition = 'accepted'
  AND ledger.is_by_person(lp.rule)
  AND (t.number, t.name) IS NOT DISTINCT FROM (l.number, l.name);
