-- At least one fails its check, and one step leads from one to the other. Two valid numbers are never typos of each other.
CREATE OR REPLACE MACRO number_mended(digits_a, valid_a, digits_b, valid_b) AS
    coalesce(NOT (valid_a AND valid_b) AND damerau_levenshtein(digits_a, digits_b) <= 1, FALSE)
