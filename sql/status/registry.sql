-- The registry's records by what they say today, each in its newest version; who is twice in it waits for a clerk.
SELECT count(*) AS records,
       count(*) FILTER (WHERE state = 'registered') AS registered,
       count(*) FILTER (WHERE state = 'moved') AS moved,
       count(*) FILTER (WHERE state = 'cancelled') AS cancelled,
       count(*) FILTER (WHERE state = 'stale') AS stale,
       (SELECT count(*) FROM identity.review_case WHERE rule = 'registry_double') AS "doubles in review",
       (SELECT count(*) FROM ledger.registry_load) AS extracts,
       (SELECT max(recorded_at)::date FROM ledger.registry_load) AS newest_extract,
       (SELECT max(recorded_at)::date FROM ledger.registry_load WHERE kind = 'full') AS newest_full_one
FROM mart.registry_today;
