-- Persons as believed now; recorded time aside.
SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT least((SELECT min(l.line_id) FROM identity.line_person AS l JOIN ledger.standing_submission USING (submission_id) WHERE l.person_id = p.person_id),
                   (SELECT min(r.record_id) FROM identity.record_person AS r WHERE r.person_id = p.person_id)) AS person,
             p.registry_record_id, p.candidate_person_id IS NULL, p.sex, p.sex_line_id, p.birth_month, p.birth_line_id
      FROM warehouse.dim_person AS p WHERE p.known_to = 'infinity') AS t;
