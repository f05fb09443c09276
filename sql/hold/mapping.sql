-- Columns of a file that may have been taken for what they are not. One row, counts only.
--
-- Unsure: the name or the identity number, on a likeness (reading.mapping.CONFIDENCE), of a header that no published file of
-- this employer had as that. Moved: the identity number, hire or leave date of its newest published file, of a header that is
-- here too and taken for something else, unless a clerk has said so. Newest by its month: a month may have been replayed since.
-- A replay reads the same file by other rules on purpose: of it nothing has moved.
WITH mine AS (
    SELECT DISTINCT c ->> 'header' AS header, c ->> 'field' AS field, c ->> 'reason' AS reason, (c ->> 'confidence')::float AS confidence
    FROM intake.sheet AS s, jsonb_array_elements(s.columns) AS c
    WHERE s.submission_id = :submission_id AND s.role = 'roster' AND s.lines > 0
), published AS (
    SELECT t.submission_id, t.period, c ->> 'header' AS header, c ->> 'field' AS field
    FROM ledger.standing_submission AS t
    JOIN intake.sheet AS s USING (submission_id), jsonb_array_elements(s.columns) AS c
    WHERE t.employer_uscc = :employer_uscc AND t.submission_id <> :submission_id AND s.role = 'roster' AND s.lines > 0
), former AS (
    SELECT DISTINCT header, field FROM published
    WHERE submission_id = (SELECT submission_id FROM published ORDER BY period DESC, submission_id DESC LIMIT 1)
      AND field IN ('id_number', 'hire_date', 'leave_date')
)
SELECT (SELECT count(DISTINCT header) FROM mine
        WHERE field IN ('name', 'id_number') AND confidence < CAST(:sure AS float)
          AND NOT EXISTS (SELECT FROM published AS p WHERE p.header = mine.header AND p.field = mine.field)) AS unsure_columns,
       (SELECT count(DISTINCT header) FROM former JOIN mine USING (header)
        WHERE CAST(:replay_of AS bigint) IS NULL AND mine.field IS DISTINCT FROM former.field AND mine.reason IS DISTINCT FROM :by_clerk
          AND NOT EXISTS (SELECT FROM mine AS still WHERE still.header = former.header AND still.field = former.field)) AS moved_columns;
