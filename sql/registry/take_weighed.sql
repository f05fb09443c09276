-- Whom the weights found for records that were open.
UPDATE incoming AS i
SET person_id = w.person_id, candidate_person_id = w.candidate_person_id, rule = w.rule, weight = w.weight, levels = w.levels,
    model = CASE WHEN w.weight IS NOT NULL THEN CAST(:model AS text) END
FROM weighed AS w WHERE w.line_id = i.record_id;
