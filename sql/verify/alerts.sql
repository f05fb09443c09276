-- Unusual volumes of reveals that the audit has raised within a week.
SELECT subject, detail->>'within an hour' AS within_an_hour, happened_at FROM audit.event
WHERE action = 'alert' AND happened_at > now() - interval '7 days' ORDER BY event_id;
