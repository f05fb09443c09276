-- Pairs that are one person without anybody being asked: never by a repair, a prefix, or name and phone alone.
CREATE TABLE certain AS
SELECT * FROM judged
WHERE weight >= $same AND number NOT IN ('same', 'other', 'other_birth', 'birth_other')
    AND ((agrees AND evidence >= 2) OR (name IN ('part', 'missing') AND number = 'mended' AND evidence >= 3))
