SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT least((SELECT min(l.line_id) FROM identity.line_person AS l JOIN ledger.standing_submission USING (submission_id) WHERE l.person_id = p.person_id),
                   (SELECT min(r.record_id) FROM identity.record_person AS r WHERE r.person_id = p.person_id)) AS person,
             p.registry_record_id, p.match_state, p.sex, p.birth_month
      FROM warehouse.dim_person AS p) AS t;
