-- Persons are merged and split by people too, and these say why.
ALTER TABLE ledger.identity_decision ADD COLUMN reason text;
COMMENT ON COLUMN ledger.identity_decision.reason IS 'Why, in the words of the person who decided; never personal data';
COMMENT ON COLUMN ledger.identity_decision.candidate_person_id IS
    'Where unsure: the person that it may be; where different: the person that it is not';
