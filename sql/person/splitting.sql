-- Lines and records that are another person than the one whom they stand for. Both are of one count, so an id is one of them.
CREATE TEMPORARY TABLE reassigned ON COMMIT DROP AS
SELECT lp.submission_id AS source_id, lp.line_id, NULL::bigint AS record_id, lp.person_id AS was_person_id,
       CAST(:other_person_id AS bigint) AS person_id, lp.person_id AS candidate_person_id, 'different' AS verdict, 'split_by_person' AS rule
FROM identity.line_person AS lp
WHERE lp.person_id = :person_id AND lp.line_id = ANY (CAST(:line_ids AS bigint[]))
UNION ALL
SELECT r.load_id, NULL, rp.record_id, rp.person_id, :other_person_id, rp.person_id, 'different', 'split_by_person'
FROM identity.record_person AS rp JOIN ledger.registry_record AS r USING (record_id)
WHERE rp.person_id = :person_id AND rp.record_id = ANY (CAST(:line_ids AS bigint[]));
