DELETE FROM warehouse.spell_state AS s
USING affected AS a
WHERE s.employer_uscc = :employer_uscc AND s.person_id = a.person_id AND NOT a.folds
  AND NOT EXISTS (SELECT FROM named_spell AS n WHERE n.person_id = s.person_id AND n.spell_no = s.spell_no);
