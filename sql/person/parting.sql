-- Who was in review is not who he may have been: all that stands for him says so. What was never doubtful of it keeps its rule.
CREATE TEMPORARY TABLE reassigned ON COMMIT DROP AS
SELECT lp.submission_id AS source_id, lp.line_id, NULL::bigint AS record_id, lp.person_id AS was_person_id, lp.person_id,
       CAST(:other_person_id AS bigint) AS candidate_person_id, 'different' AS verdict,
       CASE WHEN lp.candidate_person_id IS NULL THEN lp.rule ELSE 'apart_by_person' END AS rule
FROM identity.line_person AS lp
WHERE lp.person_id = :person_id
UNION ALL
SELECT r.load_id, NULL, rp.record_id, rp.person_id, rp.person_id, :other_person_id, 'different', 'apart_by_person'
FROM identity.record_person AS rp JOIN ledger.registry_record AS r USING (record_id)
WHERE rp.person_id = :person_id;
