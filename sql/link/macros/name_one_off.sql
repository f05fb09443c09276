-- Names of three characters or more of which one differs.
CREATE OR REPLACE MACRO name_one_off(a, b) AS
    length(a) = length(b) AND length(a) >= 3
    AND len([i FOR i IN range(1, length(a) + 1) IF substring(a, i, 1) <> substring(b, i, 1)]) = 1
