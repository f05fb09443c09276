-- The planner takes a fresh temporary table for nearly empty and would loop over it.
ANALYZE affected, named_spell, doubtful_line;
