-- every person, token, decision, unit, agency, confirmation and withheld cell of a line has its line in the ledger, of the submission that its number says
WITH line AS NOT MATERIALIZED (
    SELECT line_id, submission_id, sheet, row_no FROM ledger.roster_line WHERE CAST(:batch_id AS bigint) IS NULL
), spoken_of AS NOT MATERIALIZED (
    SELECT line_id, submission_id FROM identity.line_person
    UNION ALL SELECT line_id, submission_id FROM identity.line_token
    UNION ALL SELECT line_id, source_id FROM ledger.identity_decision WHERE line_id IS NOT NULL
    UNION ALL SELECT line_id, line_id / 16777216 FROM ledger.line_party
    UNION ALL SELECT line_id, submission_id FROM quality.confirmation
), cell AS NOT MATERIALIZED (
    -- What was found in the cell of a published file, below its header; of files that were not published there are no lines.
    SELECT f.submission_id, f.sheet, f.row_no
    FROM quality.finding AS f
    JOIN ledger.submission AS s USING (submission_id)
    JOIN intake.sheet AS h ON h.submission_id = f.submission_id AND h.position = f.sheet
    WHERE f.severity = 'error' AND f.field IS NOT NULL AND f.row_no > coalesce(h.header_row, 0)
)
SELECT s.line_id
FROM spoken_of AS s LEFT JOIN line AS l USING (line_id)
WHERE CAST(:batch_id AS bigint) IS NULL AND (l.line_id IS NULL OR s.submission_id <> l.line_id / 16777216)
UNION
SELECT c.submission_id
FROM cell AS c LEFT JOIN line AS l ON l.submission_id = c.submission_id AND l.sheet = c.sheet AND l.row_no = c.row_no
WHERE CAST(:batch_id AS bigint) IS NULL AND l.line_id IS NULL
UNION
-- The same of the files of a batch, each a range of the key.
SELECT s.line_id
FROM touched_submission AS t
CROSS JOIN LATERAL (
    SELECT line_id, submission_id FROM spoken_of
    WHERE line_id BETWEEN t.submission_id * 16777216 AND t.submission_id * 16777216 + 16777215
    OFFSET 0) AS s
LEFT JOIN touched_line AS l USING (line_id)
WHERE l.line_id IS NULL OR s.submission_id <> t.submission_id
UNION
SELECT c.submission_id
FROM (SELECT * FROM cell WHERE submission_id = ANY (ARRAY(SELECT submission_id FROM touched_submission))) AS c
LEFT JOIN touched_line AS l ON l.submission_id = c.submission_id AND l.sheet = c.sheet AND l.row_no = c.row_no
WHERE CAST(:batch_id AS bigint) IS NOT NULL AND l.line_id IS NULL;
