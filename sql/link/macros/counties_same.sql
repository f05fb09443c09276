-- One county, also where a prefecture stands before it.
CREATE OR REPLACE MACRO counties_same(a, b) AS coalesce(ends_with(a, b) OR ends_with(b, a), FALSE)
