SELECT submission_id FROM intake.submission WHERE state = 'closed' AND submission_id = ANY(:submission_ids);
