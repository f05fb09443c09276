INSERT INTO ledger.identity_decision (source_id, line_id, person_id, verdict, rule, decided_by)
SELECT submission_id, line_id, person_id, 'same', 'number_and_name', 'rule' FROM public.spell
