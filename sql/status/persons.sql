-- Persons on the rosters by how rosters and registry fit together today.
SELECT count(*) FILTER (WHERE m.state = 'registered_here') AS registered,
       count(*) FILTER (WHERE m.state = 'address_differs') AS "address differs",
       count(*) FILTER (WHERE m.state = 'left_still_registered') AS "left, still registered",
       count(*) FILTER (WHERE m.state = 'registered_elsewhere') AS "registered elsewhere",
       count(*) FILTER (WHERE m.state = 'cancelled_still_working') AS "cancelled, still working",
       count(*) FILTER (WHERE m.state = 'registration_ended') AS "cancelled",
       count(*) FILTER (WHERE m.state = 'not_registered') AS "new (not registered)",
       count(*) FILTER (WHERE m.state = 'provisional') AS in_review
FROM mart.match_today AS m
WHERE EXISTS (SELECT FROM identity.line_person AS l JOIN ledger.standing_submission USING (submission_id)
              WHERE l.person_id = m.person_id);
