-- Alerts of a week: unusual volumes of what was given out, decisions about persons that contradict earlier ones.
SELECT subject, coalesce(detail->>'says', detail->>'within an hour' || ' within an hour') AS says, happened_at FROM audit.event
WHERE action = 'alert' AND happened_at > now() - interval '7 days' ORDER BY event_id;
