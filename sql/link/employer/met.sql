-- What is said once, beside each line of those found: whether it says just the same, or the same birth date and phone without a number, by
-- what it agrees, and what is against it. Only the employer's own lines speak for it. Elsewhere: another phone, and no address in common.
CREATE TABLE met AS
SELECT
    w.line_id AS first, s.line_id, s.person, s.candidate, s.file,
    s.is_own AND w.whole = s.whole AS repeats,
    s.is_own AND NOT s.valid AND (w.birth, w.phone) IS NOT DISTINCT FROM (s.birth, s.phone) AS said_before,
    s.is_own AND coalesce(w.birth_told = 'column' AND w.birth = s.birth, FALSE) AS born,
    s.is_own AND (coalesce(w.phone = s.phone, FALSE) OR coalesce(w.phone = s.phone_2, FALSE) OR coalesce(w.phone_2 = s.phone, FALSE)) AS called,
    number_against(w.digits, w.valid, w.head, w.tail, s.digits, s.valid, s.head, s.tail) OR coalesce(w.sex <> s.sex, FALSE)
        OR coalesce(w.birth_told = 'column' AND (s.birth_told = 'column' OR s.valid) AND w.birth <> s.birth, FALSE) AS against,
    counties_same(w.h_county, s.h_county) OR places_same(w.h_place, s.h_place) OR places_same(w.c_place, s.c_place) AS near,
    coalesce(w.phone <> s.phone, FALSE) AND NOT called AND NOT near
        AND coalesce(w.h_county <> s.h_county OR w.h_place <> s.h_place OR w.c_place <> s.c_place, FALSE) AS elsewhere,
    coalesce(w.phone NOT LIKE '0%' AND w.phone NOT IN (SELECT phone FROM shared), FALSE) AS mobile
FROM found AS f JOIN whole_of('lost') AS w ON w.line_id = f.first JOIN whole_of('said') AS s ON s.pair = f.pair AND s.person = f.person
