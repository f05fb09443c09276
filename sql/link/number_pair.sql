-- Who has exactly the number of a profile, and how the names go together.
CREATE TABLE number_pair AS
SELECT line, who, 'same' AS names, FALSE AS phone, FALSE AS household, FALSE AS current, 0 AS told FROM number_met WHERE plain
UNION ALL
SELECT
    l.no AS line, p.who,
    CASE
        WHEN l.name IS NULL OR p.name IS NULL THEN 'missing'
        WHEN l.name = p.name THEN 'same'
        WHEN sounds_same(l.sound, l.turned, p.sound, p.turned) THEN 'sound'
        WHEN contains(l.name || p.name, '?') AND name_part(l.name, p.name) THEN 'unreadable'
        WHEN name_part(l.name, p.name) THEN 'part'
        ELSE 'other' END,
    coalesce(l.phone = p.phone, FALSE),
    coalesce(places_same(l.h_place, p.h_place) AND l.h_house = p.h_house, FALSE),
    coalesce(places_same(l.c_place, p.c_place) AND l.c_house = p.c_house, FALSE),
    (p.phone IS NOT NULL)::INT + (p.c_house IS NOT NULL)::INT + (p.h_house IS NOT NULL)::INT
FROM number_met AS m JOIN profile AS l ON l.no = m.line JOIN people AS p ON p.who = m.who AND p.digits = l.digits
WHERE NOT m.plain
