ANALYZE named_spell, affected;
