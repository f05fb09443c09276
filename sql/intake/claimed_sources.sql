-- Which of these files were claimed before, by whatever batch.
SELECT source_key FROM intake.submission WHERE source_key = ANY(:source_keys);
