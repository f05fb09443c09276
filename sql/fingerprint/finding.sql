SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash FROM quality.finding AS t;
