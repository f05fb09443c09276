-- Which rules a submission met: whoever edits expectations/roster_line.json puts it in force with the next task that runs.
ALTER TABLE intake.submission ADD COLUMN rules_sha256 bytea CHECK (octet_length(rules_sha256) = 32);
COMMENT ON COLUMN intake.submission.rules_sha256 IS
    'SHA-256 of the rules (expectations/roster_line.json) that its lines were last checked by; null where it was not checked, or before this was kept';
