-- An earlier submission of the same bytes for the same employer and month that was published or is on its way.
SELECT min(submission_id)
FROM intake.submission
WHERE file_sha256 = :file_sha256 AND employer_uscc = :employer_uscc AND period = :period AND kind = :kind
  AND submission_id < :submission_id
  AND (outcome = 'published' OR (outcome IS NULL AND state <> 'claimed'));
