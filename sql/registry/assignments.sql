-- Whom each record stands for, which one it replaces, and on which day we were first told of its registration and of its cancellation:
-- a newer version that says the same of them is no news of either; one that tells no date of registration keeps the date before it.
SELECT i.record_id, i.person_id, i.replaces,
       coalesce(CASE WHEN before.registered OR NOT i.registered THEN coalesce(before.registered_on, before.registration_told_on, before.recorded_at::date) END, current_date) AS registration_told_on,
       CASE WHEN NOT i.registered THEN coalesce(before.cancellation_told_on, CASE WHEN NOT before.registered THEN before.recorded_at::date END, current_date) END AS cancellation_told_on
FROM incoming AS i
LEFT JOIN identity.record_person AS p ON p.record_id = i.replaces AND p.person_id = i.person_id
LEFT JOIN ledger.registry_record AS before ON before.record_id = p.record_id
ORDER BY i.record_id;
