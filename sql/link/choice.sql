-- The records that each residual profile may be, the best first. Two valid numbers that differ are two persons, unless the
-- names agree and they share a phone, a house or a room; another name needs a number or a birth date that speaks for it; a
-- number under another name is always shown. Of records that are each certain one with a whole number goes first.
CREATE TABLE choice AS
SELECT
    -1 - j.who_l AS line, j.who_r AS who, c.id, j.weight, j.name, j.number, j.agrees,
    concat('name=', j.name, ' number=', j.number, ' sex=', j.sex, ' phone=', j.phone, ' household=', j.household, ' current=', j.current) AS levels,
    p.who_l IS NOT NULL AS certain,
    row_number() OVER (PARTITION BY j.who_l ORDER BY certain DESC, certain AND c.valid DESC, j.weight DESC, c.id, j.who_r) AS place
FROM judged AS j
JOIN record AS c ON c.no = j.who_r
LEFT JOIN certain AS p ON p.who_l = j.who_l AND p.who_r = j.who_r
WHERE j.who_r >= 0 AND (
    j.number = 'same' OR (j.weight >= $review AND CASE
        WHEN j.number IN ('other', 'other_birth')
            THEN j.agrees AND (j.phone = 'same' OR j.household = 'same' OR j.current = 'same')
        WHEN j.name IN ('surname', 'other') THEN j.number IN ('mended', 'cut', 'masked_birth', 'two_off', 'birth')
        ELSE TRUE END))
