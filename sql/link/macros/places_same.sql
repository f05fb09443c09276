-- One village, road or estate, also where more stands before it.
CREATE OR REPLACE MACRO places_same(a, b) AS
    coalesce(length(a) >= 2 AND length(b) >= 2 AND (ends_with(a, b) OR ends_with(b, a)), FALSE)
