-- The rules that the lines of a submission met when they were last checked.
SELECT encode(rules_sha256, 'hex') AS sha256 FROM intake.submission WHERE submission_id = :submission_id AND rules_sha256 IS NOT NULL;
