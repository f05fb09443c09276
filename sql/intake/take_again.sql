-- Decided submissions whose sealed file may be taken again: one by its number whatever became of it; by employer or month
-- those that were not published (a replay's aside: its former self counts), each only where nothing newer came of its file.
SELECT s.submission_id, s.file_name_sealed, s.source_key, s.file_sha256, s.file_bytes, s.given_employer, s.employer_uscc, s.given_period,
       s.given_kind, s.held_for, s.replay_of
FROM intake.submission AS s
WHERE s.state = 'closed' AND s.file_sha256 <> ''
  AND (s.submission_id = :submission_id
       OR CAST(:submission_id AS bigint) IS NULL AND s.outcome IN ('held', 'refused', 'unreadable') AND s.replay_of IS NULL
          AND (CAST(:employer_uscc AS text) IS NULL OR s.employer_uscc = :employer_uscc OR s.given_employer = :employer_uscc)
          AND (CAST(:period AS date) IS NULL OR s.period = :period)
          AND NOT EXISTS (SELECT FROM intake.submission AS later WHERE later.again_of = s.submission_id))
ORDER BY s.submission_id;
