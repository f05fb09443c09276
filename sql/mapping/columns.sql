-- The columns of the newest file of an employer that was read, as it was when it was sent, table by table.
SELECT s.name AS sheet, (c ->> 'col')::integer AS col, c ->> 'header' AS header, c ->> 'field' AS field,
       (c ->> 'confidence')::float AS confidence, c ->> 'reason' AS reason
FROM intake.sheet AS s, jsonb_array_elements(s.columns::jsonb) AS c
WHERE s.role = 'roster'
  AND s.submission_id = (SELECT max(n.submission_id) FROM intake.submission AS n JOIN intake.sheet USING (submission_id)
                         WHERE n.employer_uscc = :employer_uscc AND role = 'roster' AND n.replay_of IS NULL)
ORDER BY s.position, (c ->> 'col')::integer;
