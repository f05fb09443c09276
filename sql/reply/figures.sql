-- The figures for which a file was held or refused by a rule of the whole file; no row, or null, where something else is why.
SELECT figures FROM intake.doubt WHERE submission_id = :submission_id;
