-- Who is in review, and who it may be.
WITH told AS (
    SELECT 'live' AS side, c.person_id AS person, c.candidate_person_id::text AS told FROM identity.review_case AS c
    UNION ALL
    SELECT 'rebuilt', c.person_id, c.candidate_person_id::text FROM decided_case AS c
)
SELECT count(*) FILTER (WHERE side = 'live') AS live_rows, count(*) FILTER (WHERE side = 'rebuilt') AS rebuilt_rows,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'live'), 0)::text) AS live_hash,
       md5(coalesce(sum(hashtextextended(person::text || told, 0)::numeric) FILTER (WHERE side = 'rebuilt'), 0)::text) AS rebuilt_hash
FROM told;
