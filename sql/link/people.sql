-- Everybody that a roster line may be: records from 0 on, the lines' own profiles below 0.
CREATE VIEW people AS
SELECT no AS who, * EXCLUDE (no) FROM record
UNION ALL BY NAME
SELECT -1 - no AS who, * EXCLUDE (no) FROM profile
