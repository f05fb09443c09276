INSERT INTO intake.doubt (submission_id, reason_code, persons_before, persons_now, missing, missing_later, usual_loss, other_names, other_numbers,
                          replaced, named_again, unsure_columns, moved_columns)
VALUES (:submission_id, :reason_code, :persons_before, :persons_now, :missing, :missing_later, :usual_loss, :other_names, :other_numbers,
        :replaced, :named_again, :unsure_columns, :moved_columns)
ON CONFLICT (submission_id) DO NOTHING;
