-- every effective published line is in a spell of its person
SELECT lp.line_id
FROM identity.line_person AS lp
JOIN ledger.effective_submission AS s USING (submission_id)
WHERE NOT EXISTS (SELECT FROM warehouse.fact_employment AS e
                  WHERE e.person_id = lp.person_id AND e.employer_uscc = s.employer_uscc AND e.known_to = 'infinity');
