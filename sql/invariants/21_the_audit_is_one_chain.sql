-- every event of the audit follows the one before: none was changed, put in, taken out or begun anew since the last whole verification
SELECT e.event_id
FROM (SELECT event, event_id, chain, lag(event_id, 1, 0::bigint) OVER (ORDER BY event_id) AS former_id, lag(chain) OVER (ORDER BY event_id) AS former
      FROM audit.event AS event) AS e
WHERE e.event_id <> e.former_id + 1 OR e.chain <> audit.link(e.former, e.event);
