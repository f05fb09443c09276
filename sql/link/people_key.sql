-- The keys of everybody that a line may be, as in people.
CREATE VIEW people_key AS
SELECT no AS who, * EXCLUDE (no) FROM record_key
UNION ALL
SELECT -1 - no, * EXCLUDE (no) FROM profile_key
