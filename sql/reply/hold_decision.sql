-- What a person has decided of a file that was held for doubt.
SELECT verdict, reason FROM ledger.hold_decision WHERE submission_id = :submission_id;
