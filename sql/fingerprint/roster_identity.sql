SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT submission_id, file, sheet, row, registry_record_id, match_state,
             min(submission_id * 16777216 + row) OVER (PARTITION BY person_id) AS person
      FROM mart.roster_identity) AS t;
