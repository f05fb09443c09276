-- An employer and a name under which it has lines without a usable number, by the first of them.
CREATE TEMPORARY TABLE lost_pair (
    pair bigint PRIMARY KEY, employer_uscc text NOT NULL, name bytea NOT NULL
) ON COMMIT DROP;
