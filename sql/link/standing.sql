-- For each profile what its person may not differ in: the record, and the number that it is known by, its record's before its
-- own; and whether lines that say the same as it are one person: name or whole number, and enough beside it.
SELECT
    p.no AS profile, p.id,
    CASE WHEN r.valid THEN r.digits || ':' || coalesce(r.sound, r.name, '') WHEN r.no IS NOT NULL THEN 'record:' || r.no END AS record,
    CASE WHEN r.valid THEN r.digits WHEN p.valid THEN p.digits END AS number,
    CASE WHEN r.no IS NOT NULL THEN TRUE
        WHEN p.name IS NULL THEN p.valid AND (p.phone IS NOT NULL OR p.h_house IS NOT NULL OR p.c_house IS NOT NULL)
        WHEN p.digits IS NOT NULL OR coalesce(length(p.head) + length(p.tail), 0) >= 8 THEN TRUE
        ELSE (p.birth IS NOT NULL)::INT + (p.phone IS NOT NULL)::INT + (p.h_house IS NOT NULL)::INT
            + (p.c_house IS NOT NULL)::INT >= 2 END AS known
FROM profile AS p
LEFT JOIN (SELECT line, who FROM by_number UNION ALL SELECT line, who FROM by_weight) AS s ON s.line = p.no
LEFT JOIN record AS r ON r.no = s.who
ORDER BY p.no
