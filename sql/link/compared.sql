-- Everybody in a pair, under one key, without what tells nobody.
CREATE OR REPLACE TABLE compared AS
SELECT p.* EXCLUDE (id) REPLACE (
    CASE WHEN s.phone IS NULL THEN p.phone END AS phone,
    CASE WHEN h.h_house IS NULL THEN p.h_house END AS h_house,
    CASE WHEN r.c_house IS NULL THEN p.c_house END AS c_house)
FROM people AS p
LEFT JOIN shared_phone AS s ON s.phone = p.phone
LEFT JOIN shared_house AS h ON h.h_place = p.h_place AND h.h_house = p.h_house
LEFT JOIN shared_room AS r ON r.c_place = p.c_place AND r.c_house = p.c_house
WHERE p.who IN (SELECT who_l FROM pair UNION ALL SELECT who_r FROM pair)
