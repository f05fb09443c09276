-- Which of the incoming versions tell a move: another street than the version before, or a new registration after one that was
-- cancelled. On the day of the new registration; where it has the date of the former one, on the day on which we are told. A version
-- that tells no move keeps the one that the version before told. A version that is another's ends what the former said in the same way, and
-- begins by its own date.
INSERT INTO ledger.residence_move (record_id, former_id, moved_on, of_another)
SELECT i.record_id, CASE WHEN t.moves THEN i.replaces ELSE kept.former_id END, CASE WHEN t.moves THEN t.day ELSE kept.moved_on END, a.other
FROM incoming AS i
JOIN ledger.registry_record AS r ON r.record_id = i.record_id
JOIN ledger.registry_record AS b ON b.record_id = i.replaces
JOIN ledger.residence AS was ON was.record_id = i.replaces
JOIN identity.record_person AS p ON p.record_id = i.replaces
CROSS JOIN LATERAL (SELECT p.person_id <> i.person_id AS other) AS a
LEFT JOIN ledger.residence_move AS kept ON kept.record_id = i.replaces AND NOT kept.of_another AND NOT a.other
CROSS JOIN LATERAL (
    SELECT a.other OR coalesce(r.street <> b.street, false)
           OR r.registered AND NOT b.registered AND coalesce(r.registered_on, current_date) >= was.valid_to AS moves,
           greatest(CASE WHEN r.registered_on > was.valid_from THEN r.registered_on
                         WHEN NOT r.registered AND NOT a.other THEN coalesce(r.cancelled_on, current_date)
                         ELSE current_date END, was.valid_from) AS day) AS t
WHERE t.moves OR kept.record_id IS NOT NULL;
