CREATE TEMPORARY TABLE rebuilt_state (LIKE warehouse.spell_state) ON COMMIT DROP;
