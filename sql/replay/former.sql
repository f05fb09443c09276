-- What a replayed file was taken for before.
SELECT employer_uscc, period, kind, kind_reason FROM intake.submission WHERE submission_id = :replay_of;
