INSERT INTO intake.submission
    (submission_id, batch_id, file_name, file_name_sealed, source_key, file_sha256, file_bytes, given_employer, employer_uscc,
     given_period, given_kind, held_for, again_of, replay_of)
VALUES
    (:submission_id, :batch_id, :file_name, :file_name_sealed, :source_key, :file_sha256, :file_bytes, :given_employer,
     :employer_uscc, :given_period, :given_kind, :held_for, :again_of, :replay_of);
