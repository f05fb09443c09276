SELECT event_id, chain FROM audit.event ORDER BY event_id DESC LIMIT 1;
