SELECT verdict FROM ledger.hold_decision WHERE submission_id = :submission_id;
