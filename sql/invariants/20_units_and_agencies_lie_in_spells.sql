-- every unit and agency of a person lies within a spell at its employer, and its line is the person's and tells it
WITH posting AS MATERIALIZED (
    SELECT person_id, employer_uscc, role, party, valid_from, valid_to, line_id
    FROM warehouse.fact_posting
    WHERE known_to = 'infinity'
      AND (CAST(:batch_id AS bigint) IS NULL OR employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM touched_submission)))
)
SELECT f.person_id, f.employer_uscc
FROM posting AS f
LEFT JOIN identity.line_person AS p ON p.line_id = f.line_id AND p.person_id = f.person_id
LEFT JOIN ledger.line_party AS t ON t.line_id = f.line_id AND t.role = f.role AND t.party IS NOT DISTINCT FROM f.party
WHERE p.line_id IS NULL OR t.line_id IS NULL
   OR NOT EXISTS (
        SELECT FROM warehouse.fact_employment AS e
        WHERE e.person_id = f.person_id AND e.employer_uscc = f.employer_uscc AND e.known_to = 'infinity'
          AND e.valid_from <= f.valid_from AND e.valid_to >= f.valid_to);
