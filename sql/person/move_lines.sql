UPDATE identity.line_person AS lp
SET person_id = r.person_id, candidate_person_id = CASE r.verdict WHEN 'unsure' THEN r.candidate_person_id END, rule = r.rule
FROM reassigned AS r WHERE r.line_id = lp.line_id;
