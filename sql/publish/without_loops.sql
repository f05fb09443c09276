-- The planner knows nothing of lines that were just written, takes them for a handful and would loop over them.
SET LOCAL enable_nestloop = off;
