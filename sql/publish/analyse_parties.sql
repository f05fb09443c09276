ANALYZE told_party, derived_spell;
