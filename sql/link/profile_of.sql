-- Lines that say exactly the same are looked at once, as their first.
CREATE TABLE profile_of AS
SELECT no, id, min(no) OVER (
    PARTITION BY name, sound, turned, digits, valid, head, tail, birth, birth_told, sex, phone, phone_2,
        h_county, h_place, h_house, c_place, c_house) AS profile
FROM line
