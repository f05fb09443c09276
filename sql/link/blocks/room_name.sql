-- The room and the sound of the name.
CREATE OR REPLACE VIEW found AS
SELECT l.no AS line, p.who FROM residual_key AS l JOIN people_key AS p ON l.room = p.room AND l.sound = p.sound
WHERE NOT (l.valid AND p.valid) OR p.who >= 0
