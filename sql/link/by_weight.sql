-- Residual profiles whose best record is certain and stands out. Neither a second record of the same person nor somebody of
-- another name, as twins and siblings are, takes anything from it.
CREATE TABLE by_weight AS
SELECT b.*
FROM choice AS b JOIN unfound AS l ON l.no = b.line JOIN record AS r ON r.no = b.who
WHERE b.place = 1 AND b.certain AND NOT l.conflict AND b.line NOT IN (SELECT line FROM contested)
    AND NOT EXISTS (
        SELECT 1 FROM choice AS o JOIN record AS d ON d.no = o.who
        WHERE o.line = b.line AND o.place > 1 AND coalesce(d.person <> r.person, TRUE) AND o.weight > b.weight - $stands_out
            AND (o.name NOT IN ('surname', 'other') OR o.number IN ('same', 'mended') OR b.name IN ('missing', 'part'))
            AND NOT coalesce(
                (r.name = d.name OR sounds_same(r.sound, r.turned, d.sound, d.turned))
                AND (r.digits = d.digits OR number_mended(r.digits, r.valid, d.digits, d.valid)
                    OR (NOT (r.valid AND d.valid) AND r.birth = d.birth AND (r.phone = d.phone OR (r.h_place = d.h_place AND r.h_house = d.h_house)))),
                FALSE))
