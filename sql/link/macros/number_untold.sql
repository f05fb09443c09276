-- Neither digits nor a birth date to compare.
CREATE OR REPLACE MACRO number_untold(digits, head, birth) AS
    digits IS NULL AND birth IS NULL AND coalesce(length(head), 0) < 6
