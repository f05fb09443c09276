-- The answer for every line of the roster, in its order; candidates by falling weight.
SELECT f.no AS row, line.id AS roster_id, o.registry_id, o.outcome, round(o.weight, 1) AS weight, o.rule, o.who, o.levels
FROM profile_of AS f JOIN line USING (no) JOIN outcome AS o ON o.line = f.profile
ORDER BY f.no, o.weight DESC NULLS FIRST, o.registry_id
