-- The planner needs the size of what was just put into temporary tables, and hardly more: 900 rows of each say it.
SET LOCAL default_statistics_target = 3;
