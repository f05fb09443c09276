DELETE FROM quality.rule_count WHERE submission_id = :submission_id;
