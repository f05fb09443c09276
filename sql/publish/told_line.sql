-- What rosters tell of the affected persons: values of effective rosters; of one that was replaced no more than that it named
-- the person (a row without values).
CREATE TEMPORARY TABLE told_line (
    person_id bigint NOT NULL, line_id bigint, month date, sex text, birth_month date, street text
) ON COMMIT DROP;
