-- At least one fails its check, and two steps lead from one to the other.
CREATE OR REPLACE MACRO number_two_off(digits_a, valid_a, digits_b, valid_b) AS
    coalesce(NOT (valid_a AND valid_b) AND damerau_levenshtein(digits_a, digits_b) = 2, FALSE)
