-- The newest roster of the whole employer whose place a published roster by units takes; no row where it takes none.
SELECT t.former_id, t.persons, t.named_again
FROM ledger.takes_place AS t JOIN ledger.standing_submission AS s ON s.submission_id = t.former_id
WHERE t.submission_id = :submission_id
ORDER BY t.former_id DESC LIMIT 1;
