-- What is said once (first), and the persons whom the employer's lines give that name and the same birth date or phone, or all of it.
CREATE TABLE found AS
WITH w AS (FROM whole_of('lost') WHERE line_id IN (SELECT first FROM alike)), s AS (FROM whole_of('said'))
SELECT w.line_id AS first, s.pair, s.person FROM w JOIN s USING (pair, whole)
UNION SELECT w.line_id, s.pair, s.person FROM w JOIN s USING (pair, birth) WHERE w.birth_told = 'column'
UNION SELECT w.line_id, s.pair, s.person FROM w JOIN s USING (pair, phone)
UNION SELECT w.line_id, s.pair, s.person FROM w JOIN s ON s.pair = w.pair AND s.phone_2 = w.phone
UNION SELECT w.line_id, s.pair, s.person FROM w JOIN s ON s.pair = w.pair AND s.phone = w.phone_2
