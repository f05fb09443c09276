INSERT INTO intake.column_correction (employer_uscc, header, field, recorded_by) VALUES (:employer_uscc, :header, :field, :recorded_by);
