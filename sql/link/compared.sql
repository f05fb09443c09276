-- Everybody in a pair, under one key, without what tells nobody.
CREATE OR REPLACE TABLE compared AS
WITH met AS (
    SELECT no AS who, * EXCLUDE (no) FROM record WHERE no IN (SELECT who_r FROM pair)
    UNION ALL BY NAME
    SELECT -1 - no AS who, * EXCLUDE (no) FROM profile WHERE no IN (SELECT -1 - who_l FROM pair UNION ALL SELECT -1 - who_r FROM pair))
SELECT p.* EXCLUDE (id) REPLACE (
    CASE WHEN s.phone IS NULL THEN p.phone END AS phone,
    CASE WHEN h.h_house IS NULL THEN p.h_house END AS h_house,
    CASE WHEN r.c_house IS NULL THEN p.c_house END AS c_house)
FROM met AS p
LEFT JOIN shared_phone AS s ON s.phone = p.phone
LEFT JOIN shared_house AS h ON h.h_place = p.h_place AND h.h_house = p.h_house
LEFT JOIN shared_room AS r ON r.c_place = p.c_place AND r.c_house = p.c_house
