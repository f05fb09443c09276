-- Lines that say exactly the same are looked at once, as their first.
CREATE TABLE profile_of AS
WITH said AS (
    SELECT no, hash(name, digits) AS who, hash(name, sound, turned, digits, valid, head, tail, birth, birth_told, sex, phone, phone_2,
        h_county, h_place, h_house, c_place, c_house) AS all_of_it FROM line)
SELECT no, profile, many
FROM said JOIN (SELECT who, all_of_it, min(no) AS profile, count(*) AS many FROM said GROUP BY ALL) AS first USING (who, all_of_it)
