-- Units and agencies at one employer that the ledger says and the warehouse does not, and the reverse.
WITH believed AS MATERIALIZED (
    SELECT person_id, role, party, told_from, valid_from, valid_to, line_id
    FROM warehouse.fact_posting WHERE employer_uscc = :employer_uscc AND known_to = 'infinity'
), derived AS (
    SELECT person_id, role, party, told_from, valid_from, valid_to, line_id FROM derived_posting
)
SELECT 'posting' AS fault, person_id, valid_from
FROM ((SELECT * FROM derived EXCEPT ALL SELECT * FROM believed) UNION ALL (SELECT * FROM believed EXCEPT ALL SELECT * FROM derived)) AS differ;
