INSERT INTO identity.line_token (line_id, submission_id, employer_uscc, number, name, name_birth, phone)
SELECT line_id, submission_id, employer_uscc, number, name, name_birth, phone
FROM staging.line WHERE submission_id = :submission_id;
