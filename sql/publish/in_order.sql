-- Whether the submission only adds to what is known: no later month was published, and none that covers a unit of it in its month.
SELECT NOT EXISTS (
    SELECT FROM ledger.submission AS o
    WHERE o.employer_uscc = :employer_uscc AND o.submission_id <> :submission_id
      AND (o.period > :period
           OR o.period = :period AND o.kind = 'full' AND :kind = 'full'
              AND EXISTS (SELECT FROM ledger.submission_unit AS a, ledger.submission_unit AS b
                          WHERE a.submission_id = o.submission_id AND b.submission_id = :submission_id
                            AND (a.unit = b.unit OR a.unit = '' OR b.unit = ''))));
