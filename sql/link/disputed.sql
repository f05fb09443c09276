-- Pairs of readable names under one number that do not agree; apart: nor is one the other with a character left out.
CREATE TABLE disputed AS
SELECT a.digits, a.name, b.name AS other, NOT name_part(a.name, b.name) AS apart
FROM number_name AS a JOIN number_name AS b ON a.digits = b.digits AND a.name <> b.name
WHERE NOT spoken_same(a.name, a.sound, a.turned, b.name, b.sound, b.turned)
