-- What a resolved file says against what is believed of its employer now. One row, counts only.
WITH believed AS (
    -- Of the units that it covers: a file of one plant loses nobody of another.
    SELECT DISTINCT e.person_id
    FROM warehouse.fact_employment AS e
    JOIN warehouse.spell_state AS t USING (employer_uscc, person_id, first_line_id)
    WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity'
      AND e.valid_from <= (CAST(:period AS date) + interval '1 month - 1 day')::date AND e.valid_to > CAST(:period AS date)
      AND EXISTS (SELECT FROM intake.sheet AS h WHERE h.submission_id = :submission_id AND h.lines > 0 AND h.unit IN ('', t.unit))
), named AS (
    SELECT DISTINCT person_id FROM staging.line WHERE submission_id = :submission_id AND person_id IS NOT NULL
), former AS (
    SELECT submission_id FROM ledger.effective_submission
    WHERE employer_uscc = :employer_uscc AND kind = 'full' AND period <= :period
    ORDER BY period DESC, submission_id DESC LIMIT 1
), was AS (
    SELECT t.name, array_agg(DISTINCT t.number) AS numbers
    FROM former JOIN identity.line_token AS t USING (submission_id)
    WHERE t.name IS NOT NULL AND t.number IS NOT NULL GROUP BY t.name
), now_told AS (
    SELECT l.name, array_agg(DISTINCT l.number) AS numbers
    FROM staging.line AS l
    WHERE l.submission_id = :submission_id AND l.name IS NOT NULL AND l.number IS NOT NULL GROUP BY l.name
), lost_before AS (
    -- By month, who was found absent from a full roster, as a share of who was there.
    SELECT count(*) FILTER (WHERE e.leave_evidence = 'absent_from_full' AND e.valid_to BETWEEN m.month AND m.month_end)::numeric
           / greatest(count(*) FILTER (WHERE e.valid_from < m.month), 1) AS share
    FROM (SELECT DISTINCT s.period AS month, (s.period + interval '1 month - 1 day')::date AS month_end
          FROM ledger.effective_submission AS s WHERE s.employer_uscc = :employer_uscc AND s.kind = 'full') AS m
    JOIN warehouse.fact_employment AS e
        ON e.employer_uscc = :employer_uscc AND e.known_to = 'infinity' AND e.valid_from < m.month_end AND e.valid_to >= m.month
    GROUP BY m.month
)
SELECT (SELECT count(*) FROM believed) AS persons_before, (SELECT count(*) FROM named) AS persons_now,
       (SELECT count(*) FROM believed WHERE person_id NOT IN (SELECT person_id FROM named)) AS missing,
       coalesce((SELECT max(share) FROM lost_before), 0)::numeric(6, 4) AS usual_loss,
       (SELECT count(*) FROM staging.line WHERE submission_id = :submission_id AND rule = 'number_with_other_name') AS other_names,
       (SELECT count(*) FROM staging.line WHERE submission_id = :submission_id AND number IS NOT NULL AND person_id IS NOT NULL) AS numbered,
       (SELECT count(*) FROM was) AS names_before,
       (SELECT count(*) FROM was JOIN now_told USING (name) WHERE NOT was.numbers && now_told.numbers) AS other_numbers;
