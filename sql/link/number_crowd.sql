-- Phones, houses and rooms that agree under one number and stand with too many names to tell anybody (as in shared_phone,
-- shared_house and shared_room, which look at whoever has no record yet).
CREATE TABLE number_crowd AS
WITH asked AS (
    SELECT phone, house, room FROM profile_key
    WHERE no IN (SELECT line FROM number_pair WHERE names IN ('missing', 'part') AND (phone OR household OR current)))
SELECT phone AS told FROM people_key WHERE phone IN (SELECT phone FROM asked) GROUP BY phone HAVING count(DISTINCT coalesce(sound, name)) > names_a_phone()
UNION ALL
SELECT house FROM people_key WHERE house IN (SELECT house FROM asked) GROUP BY house HAVING count(DISTINCT coalesce(sound, name)) > names_a_house()
UNION ALL
SELECT room FROM people_key WHERE room IN (SELECT room FROM asked) GROUP BY room HAVING count(DISTINCT coalesce(sound, name)) > names_a_house()
UNION ALL
SELECT key_of(h_place, h_house) FROM around_shared_house
UNION ALL
SELECT key_of(c_place, c_house) FROM around_shared_room
