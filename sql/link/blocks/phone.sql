-- A telephone number in common.
CREATE OR REPLACE VIEW found AS
SELECT l.no AS line, p.who FROM residual_key AS l JOIN people_key AS p ON l.phone = p.phone
WHERE NOT (l.valid AND p.valid) OR (p.who >= 0 AND sounds_same(l.sound, l.turned, p.sound, p.turned))
