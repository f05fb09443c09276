-- Rooms that stand with more than eight names: a dormitory or an address without a room.
CREATE OR REPLACE TABLE shared_room AS
SELECT DISTINCT l.c_place, l.c_house FROM residual AS l JOIN residual_key AS k USING (no)
WHERE k.room IN (
    SELECT room FROM people_key WHERE room IN (SELECT room FROM residual_key)
    GROUP BY room HAVING count(DISTINCT coalesce(sound, name)) > names_a_house())
UNION
SELECT c_place, c_house FROM around_shared_room
