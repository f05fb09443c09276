-- About how many there are: what the names are held against. The registry's records, or where rosters name more, the largest file of each
-- employer; of the ledger, so that a weight does not hang on when statistics were last taken, nor cost a look at everybody.
SELECT greatest((SELECT sum(rows_loaded) FROM ledger.registry_load),
                (SELECT sum(most) FROM (SELECT max(lines) AS most FROM ledger.submission GROUP BY employer_uscc) AS employer), 0)::bigint;
