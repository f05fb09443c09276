-- no person has two spells at one employer at the same time
SELECT a.person_id, a.employer_uscc
FROM warehouse.fact_employment AS a
JOIN warehouse.fact_employment AS b
    ON b.employer_uscc = a.employer_uscc AND b.person_id = a.person_id AND b.known_to = 'infinity'
   AND (b.valid_from, b.first_line_id) > (a.valid_from, a.first_line_id) AND b.valid_from < a.valid_to
WHERE a.known_to = 'infinity'
  AND b.valid_from < b.valid_to;  -- left on the day of the hire, or before it: such a spell covers no day
