-- The same valid number, whatever the name.
CREATE OR REPLACE VIEW found AS
SELECT line, who FROM number_pair WHERE who >= 0 AND line IN (SELECT no FROM unfound)
