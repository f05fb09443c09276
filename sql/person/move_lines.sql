UPDATE identity.line_person AS lp
SET person_id = r.person_id, candidate_person_id = r.candidate_person_id, rule = r.rule
FROM reassigned AS r WHERE r.line_id = lp.line_id;
