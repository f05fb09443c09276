-- Who is held apart by people; persons by their smallest ledger line or record.
SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT (SELECT least((SELECT min(l.line_id) FROM identity.line_person AS l WHERE l.person_id = n.person_id),
                           (SELECT min(r.record_id) FROM identity.record_person AS r WHERE r.person_id = n.person_id))) AS person,
             (SELECT least((SELECT min(l.line_id) FROM identity.line_person AS l WHERE l.person_id = n.other_person_id),
                           (SELECT min(r.record_id) FROM identity.record_person AS r WHERE r.person_id = n.other_person_id))) AS other
      FROM identity.negative AS n) AS t;
