-- Lines without a usable number, and the first of those of one employer that say just the same; a bare name says nothing.
CREATE TABLE alike AS
SELECT line_id, file, CASE WHEN coalesce(digits, head, birth, phone) IS NULL THEN line_id ELSE min(line_id) OVER (PARTITION BY pair, whole) END AS first
FROM whole_of('lost')
