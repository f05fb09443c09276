-- Without a day it corrects what holds newest. The first entry holds always, for of another name before it nothing is known.
INSERT INTO ledger.employer (uscc, name, street, valid_from, recorded_by)
SELECT :uscc, :name, :street, CASE WHEN max(valid_from) IS NULL THEN '-infinity' ELSE coalesce(CAST(:valid_from AS date), max(valid_from)) END, :recorded_by
FROM ledger.employer WHERE uscc = :uscc;
