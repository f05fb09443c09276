-- Persons who have to be read from the whole ledger although only one submission is published: of whom it tells out of
-- order, by month or by number. This employer, or another for which the person works or worked, has sent a later month or
-- published a later number; a full roster replaces another; this very month has begun a street already.
INSERT INTO whole (person_id)
WITH elsewhere AS MATERIALIZED (
    SELECT DISTINCT e.person_id, e.employer_uscc
    FROM known_person AS a JOIN warehouse.fact_employment AS e ON e.person_id = a.person_id
    WHERE e.employer_uscc <> :employer_uscc AND e.known_to = 'infinity'
), ahead AS MATERIALIZED (
    SELECT o.employer_uscc
    FROM (SELECT employer_uscc FROM elsewhere UNION SELECT :employer_uscc) AS o
    WHERE EXISTS (SELECT FROM ledger.submission AS s WHERE s.employer_uscc = o.employer_uscc AND s.period > :period)
       OR EXISTS (SELECT FROM ledger.submission AS s WHERE s.employer_uscc = o.employer_uscc AND s.submission_id > :submission_id)
       OR o.employer_uscc = :employer_uscc AND :kind = 'full'
          AND EXISTS (SELECT FROM ledger.submission AS s
                      WHERE s.employer_uscc = :employer_uscc AND s.period = :period AND s.kind = 'full' AND s.submission_id <> :submission_id)
)
SELECT person_id FROM affected WHERE EXISTS (SELECT FROM ahead WHERE employer_uscc = :employer_uscc)
UNION
SELECT person_id FROM elsewhere JOIN ahead USING (employer_uscc)
UNION
SELECT t.person_id
FROM known_person AS a JOIN warehouse.fact_told_street AS t ON t.person_id = a.person_id
WHERE t.known_to = 'infinity' AND t.valid_from >= :period;
