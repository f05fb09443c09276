-- A number for what is told, so that joins compare no texts; none where it is not told. Two that say the same have the same, and of
-- others who have it by chance (one in 10^19 pairs) a pair is weighed once too often.
CREATE OR REPLACE MACRO key_of(a) AS CASE WHEN a IS NOT NULL THEN hash(a) END, (a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN hash(a, b) END
