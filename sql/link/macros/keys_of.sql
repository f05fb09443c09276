-- What people may be found by: of each, the parts that the blocks join on.
CREATE OR REPLACE MACRO keys_of(people) AS TABLE
SELECT
    no, valid, key_of(name) AS name, key_of(left(name, 1)) AS surname, key_of(sound) AS sound, key_of(turned) AS turned,
    key_of(birth) AS birth, key_of(phone) AS phone, key_of(phone_2) AS phone_2, key_of(h_county) AS county,
    key_of(h_place, h_house) AS house, key_of(c_place, c_house) AS room,
    CASE WHEN valid THEN hash(digits) END AS number,
    CASE WHEN strlen(coalesce(digits, head)) >= 14 THEN hash(substring(coalesce(digits, head), 1, 14)) END AS area_birth,
    CASE WHEN strlen(coalesce(digits, head)) >= 6 AND strlen(coalesce(digits, tail)) >= 4
        THEN hash(substring(coalesce(digits, head), 1, 6), substring(coalesce(digits, tail), -4)) END AS area_tail,
    CASE WHEN strlen(digits) >= 16 THEN hash(substring(digits, -12)) END AS birth_tail
FROM query_table(people)
