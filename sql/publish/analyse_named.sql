ANALYZE named_spell;
