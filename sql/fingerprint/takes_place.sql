-- Whose place full rosters by units take.
SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT submission_id, former_id, persons, named_again FROM ledger.takes_place) AS t;
