INSERT INTO identity.line_token (line_id, submission_id, employer_uscc, number, name, name_birth, phone)
SELECT line_id, submission_id, employer_uscc, number, name, name_birth, phone
FROM staging.line WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215;
