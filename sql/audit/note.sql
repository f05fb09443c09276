INSERT INTO audit.event (action, subject, detail) VALUES (:verdict, :subject, CAST(:detail AS jsonb));
