-- Both tell something of a number, and it is neither one number seen in part nor one or two slips from the other.
CREATE OR REPLACE MACRO number_against(digits_a, valid_a, head_a, tail_a, digits_b, valid_b, head_b, tail_b) AS
    coalesce(length(digits_a), length(head_a) + length(tail_a), 0) > 0
    AND coalesce(length(digits_b), length(head_b) + length(tail_b), 0) > 0
    AND coalesce(number_fits(digits_a, valid_a, head_a, tail_a, digits_b, valid_b, head_b, tail_b), 0) = 0
    AND NOT number_mended(digits_a, valid_a, digits_b, valid_b) AND NOT number_two_off(digits_a, valid_a, digits_b, valid_b)
