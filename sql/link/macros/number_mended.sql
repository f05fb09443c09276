-- At least one fails its check, and one step leads from one to the other. Two valid numbers are never typos of each other, and
-- two that were cut to the same zeros share no more than what is left of them (number_fits).
CREATE OR REPLACE MACRO number_mended(digits_a, valid_a, digits_b, valid_b) AS
    coalesce(NOT (valid_a AND valid_b) AND NOT (ends_with(digits_a, '000') AND ends_with(digits_b, '000'))
        AND damerau_levenshtein(digits_a, digits_b) <= 1, FALSE)
