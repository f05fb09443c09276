INSERT INTO audit.event (action, subject, detail)
VALUES (:verdict, 'submission ' || CAST(:submission_id AS text), CAST(:detail AS jsonb));
