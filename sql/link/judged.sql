-- What speaks for each pair beside the name: number, birth date, phone, household, room, each once. A repaired or masked number
-- may lean on the birth date and the county of the household, one that was cut on neither: they are what is left of it. A birth
-- date that was read from damaged digits is the number again.
CREATE TABLE judged AS
SELECT
    s.*,
    s.name = 'same' OR (s.name = 'sound' AND s.sex <> 'other') AS agrees,
    (s.number IN ('mended', 'cut', 'masked', 'masked_birth'))::INT
        + (s.number <> 'cut' AND a.birth = b.birth AND (a.birth_told = 'column' OR a.valid)
            AND (b.birth_told = 'column' OR b.valid))::INT
        + (s.phone = 'same')::INT
        + (s.household IN ('same', 'place')
            OR (s.household = 'county' AND s.number IN ('mended', 'masked', 'masked_birth')))::INT
        + (s.current = 'same')::INT AS evidence
FROM scored AS s JOIN compared AS a ON a.who = s.who_l JOIN compared AS b ON b.who = s.who_r
