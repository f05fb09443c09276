INSERT INTO ledger.authorised_reporter (reporter_uscc, employer_uscc, valid_from, valid_to, recorded_by)
VALUES (:reporter_uscc, :employer_uscc, :valid_from, :valid_to, :recorded_by);
