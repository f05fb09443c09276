INSERT INTO ledger.submission_unit (submission_id, sheet, unit) SELECT DISTINCT submission_id, 1, '' FROM public.spell
