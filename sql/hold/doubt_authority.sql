-- A file with other employers' people and no authority: what is doubtful of it is whose it is, not how many persons it names.
INSERT INTO intake.doubt (submission_id, reason_code, persons_before, persons_now, missing, usual_loss, other_names, other_numbers, would_be_of)
VALUES (:submission_id, 'no_authority', 0, 0, 0, 0, 0, 0, :would_be_of)
ON CONFLICT (submission_id) DO NOTHING;
