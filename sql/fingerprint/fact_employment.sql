-- Spells as believed now; recorded time aside, persons by their smallest ledger line.
SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT (SELECT min(l.line_id) FROM identity.line_person AS l JOIN ledger.standing_submission USING (submission_id) WHERE l.person_id = e.person_id) AS person, e.employer_uscc,
             e.valid_from, e.valid_to, e.leave_earliest, e.start_evidence, e.leave_evidence, e.first_line_id
      FROM warehouse.fact_employment AS e WHERE e.known_to = 'infinity') AS t;
