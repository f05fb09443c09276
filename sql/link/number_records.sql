-- The records that have a line's number and are not plainly its person's.
SELECT DISTINCT who FROM number_met WHERE NOT plain AND who >= 0 ORDER BY 1
