-- People with one number for all that is compared of each (whole), so that two who say just the same have the same.
CREATE OR REPLACE MACRO whole_of(people) AS TABLE
SELECT *, hash(name, sound, turned, digits, valid, head, tail, birth, birth_told, sex, phone, phone_2, h_county, h_place, h_house, c_place, c_house) AS whole
FROM query_table(people)
