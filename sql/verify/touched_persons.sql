-- Whom the lines of these files stand for, and the records of an extract and those that they replace.
CREATE TEMPORARY TABLE touched_person ON COMMIT DROP AS
SELECT p.person_id
FROM touched_submission AS t
CROSS JOIN LATERAL (
    SELECT person_id FROM identity.line_person
    WHERE line_id BETWEEN t.submission_id * 16777216 AND t.submission_id * 16777216 + 16777215
    OFFSET 0) AS p
UNION
SELECT unnest(CAST(:persons AS bigint[]))
UNION
SELECT person_id FROM identity.record_person
WHERE record_id BETWEEN CAST(:load_id AS bigint) * 16777216 AND CAST(:load_id AS bigint) * 16777216 + 16777215
UNION
SELECT p.person_id
FROM ledger.registry_record AS r JOIN identity.record_person AS p ON p.record_id = r.replaces
WHERE r.record_id BETWEEN CAST(:load_id AS bigint) * 16777216 AND CAST(:load_id AS bigint) * 16777216 + 16777215;
