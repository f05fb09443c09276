-- Each spell: its line, its employer, its person. The first :persons spells begin a person each, the rest are second ones.
CREATE TABLE public.spell AS
SELECT i, e, 1000000 + e AS submission_id, 'FILL' || lpad(e::text, 14, '0') AS employer_uscc,
       (1000000 + e) * 16777216::bigint + i % 5000 + 1 AS line_id,
       (1000000 + p / 5000) * 16777216::bigint + p % 5000 + 1 AS person_id, i < CAST(:persons AS integer) AS is_first
FROM (SELECT i, i / 5000 AS e, i % CAST(:persons AS integer) AS p FROM generate_series(0, CAST(:spells AS integer) - 1) AS i) AS n
