-- Why a replayed file must not take its former self's place; null where it may. What came later in the month speaks last there, by
-- its number: a file that were to take a number beyond one that still stands as it was would speak after it.
SELECT CASE
    WHEN NOT EXISTS (SELECT FROM ledger.standing_submission WHERE submission_id = :replay_of) THEN 'replay_overtaken'
    WHEN EXISTS (SELECT FROM ledger.standing_submission
                 WHERE employer_uscc = :employer_uscc AND period = :period
                   AND submission_id > :replay_of AND submission_id < :submission_id) THEN 'replay_out_of_order'
END;
