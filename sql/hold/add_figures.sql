-- A file that its own figures hold or refuse. Of its employer nothing was asked yet.
INSERT INTO intake.doubt (submission_id, reason_code, figures)
VALUES (:submission_id, :reason_code, CAST(:figures AS jsonb))
ON CONFLICT (submission_id) DO NOTHING;
