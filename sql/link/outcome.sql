-- The outcome of every profile, one line a record.
CREATE TABLE outcome AS
SELECT b.line, r.id AS registry_id, 'same' AS outcome, $rule_weight + CASE b.names WHEN 'same' THEN $same_name ELSE 0 END AS weight, 'number_and_' || b.names AS rule, b.who, NULL AS levels
FROM by_number AS b JOIN record AS r ON r.no = b.who
UNION ALL
SELECT line, id, 'same', weight, CASE WHEN number LIKE 'masked%' THEN 'masked_number' WHEN number IN ('mended', 'cut') THEN number || '_number'
    ELSE 'without_number' END || '_by_weight', who, levels
FROM by_weight
UNION ALL
SELECT line, id, 'review', weight, CASE WHEN line IN (SELECT line FROM contested) THEN 'held_apart'
    WHEN number = 'same' AND name = 'missing' THEN 'number_without_name'
    WHEN number = 'same' THEN 'number_under_other_name'
    WHEN number LIKE 'other%' THEN 'name_under_other_number' ELSE 'doubtful' END, who, levels
FROM choice WHERE line NOT IN (SELECT line FROM by_weight)
UNION ALL
SELECT no, '', 'new', NULL, 'nobody', NULL, NULL
FROM unfound WHERE no NOT IN (SELECT line FROM choice)
