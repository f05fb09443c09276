-- What the lines say of each spell; persons by their smallest ledger line.
SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT (SELECT min(l.line_id) FROM identity.line_person AS l JOIN ledger.standing_submission USING (submission_id) WHERE l.person_id = e.person_id) AS person,
             e.employer_uscc, e.spell_no, e.first_month, e.last_named, e.last_active, e.hire_date, e.leave_date, e.left_by, e.newest_hire,
             e.newest_leave, e.unit, e.absent_by, e.first_line_id, e.last_line_id
      FROM warehouse.spell_state AS e) AS t;
