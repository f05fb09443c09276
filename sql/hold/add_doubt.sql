INSERT INTO intake.doubt (submission_id, reason_code, persons_before, persons_now, missing, usual_loss, other_names, other_numbers)
VALUES (:submission_id, :reason_code, :persons_before, :persons_now, :missing, :usual_loss, :other_names, :other_numbers)
ON CONFLICT (submission_id) DO NOTHING;
