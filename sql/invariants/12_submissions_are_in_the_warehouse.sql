-- fact_submission holds just the published submissions that were not undone, with their counts
SELECT coalesce(f.submission_id, s.submission_id)
FROM (SELECT * FROM warehouse.fact_submission
      WHERE CAST(:batch_id AS bigint) IS NULL OR submission_id = ANY (ARRAY(SELECT submission_id FROM touched_submission))) AS f
FULL JOIN (SELECT submission_id FROM ledger.standing_submission
           WHERE CAST(:batch_id AS bigint) IS NULL
              OR submission_id = ANY (ARRAY(SELECT submission_id FROM touched_submission))) AS s USING (submission_id)
LEFT JOIN intake.submission AS i ON i.submission_id = s.submission_id
WHERE f.submission_id IS NULL OR s.submission_id IS NULL
   OR (f.rows_read, f.rows_published, f.rows_quarantined, f.rows_repeated)
      IS DISTINCT FROM (i.rows_read, i.rows_published, i.rows_quarantined, i.rows_repeated);
