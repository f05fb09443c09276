-- What speaks for each pair beside the name: number, birth date, phone, household, room, each once. A repaired or partial
-- number may lean on the county of the household; a birth date that was read from damaged digits is the number again.
CREATE TABLE judged AS
SELECT
    s.*,
    s.name = 'same' OR (s.name = 'sound' AND s.sex <> 'other') AS agrees,
    (s.number IN ('mended', 'cut', 'masked', 'masked_birth'))::INT
        + (a.birth = b.birth AND (a.birth_told = 'column' OR a.valid) AND (b.birth_told = 'column' OR b.valid))::INT
        + (s.phone = 'same')::INT
        + (s.household IN ('same', 'place')
            OR (s.household = 'county' AND s.number IN ('mended', 'cut', 'masked', 'masked_birth')))::INT
        + (s.current = 'same')::INT AS evidence
FROM scored AS s JOIN compared AS a ON a.who = s.who_l JOIN compared AS b ON b.who = s.who_r
