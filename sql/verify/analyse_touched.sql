-- The planner takes a fresh temporary table for nearly empty and would loop over it.
ANALYZE touched_submission, touched_line, touched_person;
