-- Match states as believed now; recorded time aside, persons by their smallest ledger line or record.
SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT least((SELECT min(l.line_id) FROM identity.line_person AS l JOIN ledger.standing_submission USING (submission_id) WHERE l.person_id = m.person_id),
                   (SELECT min(r.record_id) FROM identity.record_person AS r WHERE r.person_id = m.person_id)) AS person,
             m.state, m.valid_from, m.valid_to, m.record_id
      FROM warehouse.fact_match AS m WHERE m.known_to = 'infinity') AS t;
