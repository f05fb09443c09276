-- The tokens of the lines, whom each stands for and why, and whom a clerk has to decide about; what was found is read once.
WITH line AS MATERIALIZED (
    SELECT line_id, submission_id, employer_uscc, number, name, name_birth, phone, person_id, candidate_person_id, rule, weight, model, levels
    FROM staging.line WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
), token AS (
    INSERT INTO identity.line_token (line_id, submission_id, employer_uscc, number, name, name_birth, phone)
    SELECT line_id, submission_id, employer_uscc, number, name, name_birth, phone FROM line
), decision AS (
    INSERT INTO ledger.identity_decision (source_id, line_id, person_id, candidate_person_id, verdict, rule, decided_by, weight, model, levels)
    SELECT submission_id, line_id, person_id, candidate_person_id,
           CASE WHEN candidate_person_id IS NULL THEN 'same' ELSE 'unsure' END, rule, CASE WHEN model IS NULL THEN 'rule' ELSE 'model' END, weight, model, levels
    FROM line WHERE person_id IS NOT NULL ORDER BY line_id
), block AS (
    INSERT INTO identity.block_token (owner_id, tokens)
    SELECT owner_id, tokens FROM staging.block_token
    WHERE owner_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
), review_case AS (
    INSERT INTO identity.review_case (person_id, candidate_person_id, rule)
    SELECT DISTINCT ON (person_id) person_id, candidate_person_id, rule
    FROM line WHERE candidate_person_id IS NOT NULL ORDER BY person_id, line_id
    ON CONFLICT (person_id) DO NOTHING
)
INSERT INTO identity.line_person (line_id, submission_id, person_id, candidate_person_id, rule)
SELECT line_id, submission_id, person_id, candidate_person_id, rule FROM line WHERE person_id IS NOT NULL;
