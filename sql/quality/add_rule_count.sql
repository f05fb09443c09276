INSERT INTO quality.rule_count (submission_id, rule, flagged) VALUES (:submission_id, :rule, :flagged);
