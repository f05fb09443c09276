-- Persons on the rosters by what the registry says of them.
SELECT count(*) FILTER (WHERE p.match_state = 'registered') AS registered,
       count(*) FILTER (WHERE p.match_state = 'registered_left') AS registered_left,
       count(*) FILTER (WHERE p.match_state = 'not_registered') AS "new (not registered)",
       count(*) FILTER (WHERE p.match_state = 'provisional') AS in_review
FROM warehouse.dim_person AS p
WHERE EXISTS (SELECT FROM identity.line_person AS l JOIN ledger.standing_submission USING (submission_id)
              WHERE l.person_id = p.person_id);
