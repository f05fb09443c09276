-- The newest act about a person that stands.
SELECT max(act) FROM ledger.standing_act WHERE :person_id IN (person_id, other_person_id);
