INSERT INTO ledger.employer (uscc, name, street, recorded_by) VALUES (:uscc, :name, :street, :recorded_by);
