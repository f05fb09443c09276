-- The rosters of the whole employer whose place a roster by units takes, while both stand.
SELECT t.former_id AS submission, t.persons, t.named_again,
       later.submission_id IS NOT NULL AND former.submission_id IS NOT NULL AS holds
FROM ledger.takes_place AS t
LEFT JOIN ledger.standing_submission AS later ON later.submission_id = t.submission_id
LEFT JOIN ledger.standing_submission AS former ON former.submission_id = t.former_id
WHERE t.submission_id = :submission_id ORDER BY t.former_id;
