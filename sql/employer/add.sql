-- Without a day it corrects what holds newest.
INSERT INTO ledger.employer (uscc, name, street, valid_from, recorded_by)
VALUES (:uscc, :name, :street,
        coalesce(CAST(:valid_from AS date), (SELECT max(valid_from) FROM ledger.employer WHERE uscc = :uscc), '-infinity'), :recorded_by);
