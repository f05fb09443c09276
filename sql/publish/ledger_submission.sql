INSERT INTO ledger.submission (submission_id, employer_uscc, period, kind, lines)
VALUES (:submission_id, :employer_uscc, :period, :kind, :lines);
