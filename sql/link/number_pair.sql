-- Who has exactly the number of a profile, and how the names go together.
CREATE TABLE number_pair AS
SELECT
    l.no AS line, p.who, p.id,
    CASE
        WHEN l.name IS NULL OR p.name IS NULL THEN 'missing'
        WHEN l.name = p.name THEN 'same'
        WHEN sounds_same(l.sound, l.turned, p.sound, p.turned) THEN 'sound'
        WHEN contains(l.name || p.name, '?') AND name_part(l.name, p.name) THEN 'unreadable'
        WHEN name_part(l.name, p.name) THEN 'part'
        WHEN length(l.name) = length(p.name) AND substring(l.name, 2) = substring(p.name, 2) THEN 'surname_slip'
        ELSE 'other' END AS names,
    coalesce(l.phone = p.phone, FALSE) AS phone,
    coalesce(places_same(l.h_place, p.h_place) AND l.h_house = p.h_house, FALSE) AS household,
    coalesce(places_same(l.c_place, p.c_place) AND l.c_house = p.c_house, FALSE) AS current,
    (p.phone IS NOT NULL)::INT + (p.c_house IS NOT NULL)::INT + (p.h_house IS NOT NULL)::INT AS told
FROM profile AS l JOIN people AS p ON l.digits = p.digits
WHERE l.valid AND p.valid AND p.who <> -1 - l.no
