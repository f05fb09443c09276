-- How many visible digits of a masked or cut number fit the other; 0 where one does not, or where both are whole.
CREATE OR REPLACE MACRO number_fits(digits_a, valid_a, head_a, tail_a, digits_b, valid_b, head_b, tail_b) AS
    greatest(
        CASE WHEN NOT valid_a AND head_a IS NOT NULL AND starts_with(digits_b, head_a) AND ends_with(digits_b, tail_a)
            THEN length(head_a) + length(tail_a) ELSE 0 END,
        CASE WHEN NOT valid_b AND head_b IS NOT NULL AND starts_with(digits_a, head_b) AND ends_with(digits_a, tail_b)
            THEN length(head_b) + length(tail_b) ELSE 0 END,
        CASE WHEN NOT valid_a AND NOT valid_b AND head_a IS NOT NULL AND head_b IS NOT NULL
                AND (starts_with(head_a, head_b) OR starts_with(head_b, head_a))
                AND (ends_with(tail_a, tail_b) OR ends_with(tail_b, tail_a))
            THEN least(length(head_a), length(head_b)) + least(length(tail_a), length(tail_b)) ELSE 0 END)
