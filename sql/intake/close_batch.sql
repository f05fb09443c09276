UPDATE intake.batch SET closed_at = now()
WHERE batch_id = :batch_id
  AND NOT EXISTS (SELECT FROM intake.submission WHERE batch_id = :batch_id AND state <> 'closed');
