INSERT INTO intake.doubt_employer (submission_id, employer_uscc, lines)
VALUES (:submission_id, :employer_uscc, :lines)
ON CONFLICT (submission_id, employer_uscc) DO NOTHING;
