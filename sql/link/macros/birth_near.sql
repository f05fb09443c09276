-- Birth dates of which the year, the month or the day alone differs, or month and day are exchanged.
CREATE OR REPLACE MACRO birth_near(a, b) AS
    (left(a, 7) = left(b, 7))::INT + (right(a, 5) = right(b, 5))::INT
        + (left(a, 4) || right(a, 2) = left(b, 4) || right(b, 2))::INT
        + (left(a, 4) || substring(a, 6, 2) || right(a, 2) = left(b, 4) || right(b, 2) || substring(b, 6, 2))::INT > 0
