-- The newest entry of every pair of a reporter and an employer.
SELECT DISTINCT ON (reporter_uscc, employer_uscc) reporter_uscc, employer_uscc, valid_from, valid_to
FROM ledger.authorised_reporter ORDER BY reporter_uscc, employer_uscc, entry_id DESC;
