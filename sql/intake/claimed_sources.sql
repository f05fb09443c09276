-- Which of these files were claimed before, by whatever batch, and whether their bytes are kept: of a zip those of all.
SELECT source_key, bool_and(file_sha256 <> '') AS is_sealed FROM intake.submission WHERE source_key = ANY(:source_keys) GROUP BY source_key;
