-- The kind that a file is published as, where its own words do not settle it.
UPDATE intake.submission SET kind = :kind, kind_reason = :kind_reason WHERE submission_id = :submission_id;
