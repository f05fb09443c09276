INSERT INTO quality.gate_run (batch_id, passed, evaluated, failed) VALUES (:batch_id, :passed, :evaluated, CAST(:failed AS jsonb));
