SELECT count(*) AS rows, md5(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text) AS hash
FROM (SELECT (SELECT min(l.line_id) FROM identity.line_person AS l JOIN ledger.standing_submission USING (submission_id) WHERE l.person_id = f.person_id) AS person, f.employer_uscc,
             f.training_date, f.trainings, f.first_line_id, f.period
      FROM warehouse.fact_training AS f) AS t;
