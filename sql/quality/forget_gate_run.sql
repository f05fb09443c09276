DELETE FROM quality.gate_run WHERE batch_id = :batch_id;
