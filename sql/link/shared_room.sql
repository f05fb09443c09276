-- Rooms that stand with more than eight names: a dormitory or an address without a room.
CREATE OR REPLACE TABLE shared_room AS
SELECT c_place, c_house FROM people
WHERE (c_place, c_house) IN (SELECT (c_place, c_house) FROM residual)
GROUP BY ALL HAVING count(DISTINCT coalesce(sound, name)) > 8
