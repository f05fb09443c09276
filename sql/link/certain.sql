-- Pairs that are one person without anybody being asked: never by a repair, a prefix, or name and phone alone; nor, where the name is
-- cut short or missing, by a number that stands under several names.
CREATE TABLE certain AS
SELECT j.* FROM judged AS j
WHERE weight >= $same AND number NOT IN ('same', 'other', 'other_birth', 'birth_other')
    AND ((agrees AND evidence >= 2) OR (name IN ('part', 'missing') AND number = 'mended' AND evidence >= 3 AND NOT EXISTS (
        SELECT 1 FROM compared AS c WHERE c.who IN (j.who_l, j.who_r) AND c.digits IN (SELECT digits FROM disputed))))
