-- What each of these people may be found by, one number a key: of the blocks, and of what is counted of all. 0: not told.
SELECT coalesce(COLUMNS(*), 0)
FROM (
    SELECT
        number, area_birth, area_tail, birth_tail, phone, phone_2, house, room, key_of(sound, birth) AS sound_birth,
        key_of(turned, birth) AS turned_birth, key_of(county, name) AS county_name, key_of(key_of(surname, birth), county) AS surname_birth_county
    FROM keys_of('people_asked'))
