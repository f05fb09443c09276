-- What rosters tell of units and agencies of the affected persons at one employer, by month.
CREATE TEMPORARY TABLE told_party (
    person_id bigint NOT NULL, role text NOT NULL, month date NOT NULL, line_id bigint NOT NULL, party text
) ON COMMIT DROP;
