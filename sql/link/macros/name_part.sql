-- A character of one name is unreadable in the other or left out, or a long name breaks off.
CREATE OR REPLACE MACRO name_part(a, b) AS
    (contains(a, '?') AND regexp_full_match(b, replace(a, '?', '.')))
    OR (contains(b, '?') AND regexp_full_match(a, replace(b, '?', '.')))
    OR (length(b) = length(a) + 1 AND length(a) >= 2 AND list_contains(
        [left(b, i - 1) || substring(b, i + 1) FOR i IN range(1, length(b) + 1)], a))
    OR (length(a) = length(b) + 1 AND length(b) >= 2 AND list_contains(
        [left(a, i - 1) || substring(a, i + 1) FOR i IN range(1, length(a) + 1)], b))
    OR (least(length(a), length(b)) >= 3 AND (starts_with(a, b) OR starts_with(b, a)))
