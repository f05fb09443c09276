-- What is decided anew when one person turns out to be another: every line and record of the one that goes, and every line or
-- record that was thought to be perhaps that one.
CREATE TEMPORARY TABLE reassigned ON COMMIT DROP AS
WITH kept AS (
    SELECT nullif((SELECT candidate_person_id FROM identity.review_case WHERE person_id = :keep), CAST(:gone AS bigint)) AS candidate
)
SELECT lp.submission_id AS source_id, lp.line_id, NULL::bigint AS record_id,
       CASE WHEN lp.person_id = :gone THEN CAST(:keep AS bigint) ELSE lp.person_id END AS person_id,
       CASE WHEN lp.person_id IN (:keep, :gone) THEN kept.candidate
            WHEN lp.candidate_person_id = :gone THEN nullif(CAST(:keep AS bigint), lp.person_id)
            ELSE lp.candidate_person_id END AS candidate_person_id,
       CASE WHEN lp.person_id = :gone OR lp.person_id = :keep THEN 'merged_by_person' ELSE lp.rule END AS rule
FROM identity.line_person AS lp, kept
WHERE lp.person_id = :gone OR lp.candidate_person_id = :gone
UNION ALL
SELECT r.load_id, NULL, rp.record_id, :keep, kept.candidate, 'merged_by_person'
FROM identity.record_person AS rp JOIN ledger.registry_record AS r USING (record_id), kept
WHERE rp.person_id = :gone
UNION ALL
SELECT r.load_id, NULL, rp.record_id, rp.person_id, nullif(CAST(:keep AS bigint), rp.person_id),
       CASE WHEN rp.person_id = :keep THEN 'merged_by_person' ELSE c.rule END
FROM identity.review_case AS c
JOIN identity.record_person AS rp ON rp.person_id = c.person_id
JOIN ledger.registry_record AS r USING (record_id)
WHERE c.candidate_person_id = :gone AND rp.person_id <> :gone;
