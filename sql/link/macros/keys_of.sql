-- What people may be found by: of each, the parts that the blocks join on.
CREATE OR REPLACE MACRO keys_of(people) AS TABLE
SELECT
    no, valid, key_of(name) AS name, key_of(left(name, 1)) AS surname, key_of(sound) AS sound, key_of(turned) AS turned,
    key_of(birth) AS birth, key_of(phone) AS phone, key_of(phone_2) AS phone_2, key_of(h_county) AS county,
    key_of(h_place, h_house) AS house, key_of(c_place, c_house) AS room,
    CASE WHEN valid THEN hash(digits) END AS number,
    CASE WHEN length(coalesce(digits, head)) >= 14 THEN hash(left(coalesce(digits, head), 14)) END AS area_birth,
    CASE WHEN length(coalesce(digits, head)) >= 6 AND length(coalesce(digits, tail)) >= 4
        THEN hash(left(coalesce(digits, head), 6), right(coalesce(digits, tail), 4)) END AS area_tail,
    CASE WHEN length(digits) >= 16 THEN hash(right(digits, 12)) END AS birth_tail
FROM query_table(people)
