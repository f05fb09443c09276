-- What a resolved file says against what is believed, now, of its employer, within the units that it covers. One row, counts only.
WITH scope AS (
    SELECT DISTINCT unit FROM intake.sheet WHERE submission_id = :submission_id AND role = 'roster' AND lines > 0
), believed AS (
    SELECT DISTINCT e.person_id
    FROM warehouse.fact_employment AS e
    WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity'
      AND e.valid_from <= (CAST(:period AS date) + interval '1 month - 1 day')::date AND e.valid_to > CAST(:period AS date)
      -- Who was named last on a table of another unit is not missing here.
      AND ('' IN (SELECT unit FROM scope)
           OR EXISTS (SELECT FROM ledger.submission AS s
                      JOIN ledger.roster_line AS l
                          ON l.report_month = s.period AND l.employer_uscc = s.employer_uscc AND l.line_id = e.last_line_id
                      JOIN ledger.submission_unit AS u ON u.submission_id = s.submission_id AND u.sheet = l.sheet
                      WHERE s.submission_id = e.last_line_id / 16777216 AND u.unit IN (SELECT unit FROM scope)))
), named AS (
    SELECT DISTINCT person_id FROM staging.line WHERE submission_id = :submission_id AND person_id IS NOT NULL
), replaced AS (
    -- Whom the full roster named that this one would replace, if it is one: of the same month and unit.
    SELECT DISTINCT p.person_id
    FROM ledger.effective_submission AS e
    JOIN ledger.roster_line AS l
        ON l.submission_id = e.submission_id AND l.report_month = e.period AND l.employer_uscc = :employer_uscc
    JOIN identity.line_person AS p ON p.line_id = l.line_id
    LEFT JOIN ledger.submission_unit AS u ON u.submission_id = e.submission_id AND u.sheet = l.sheet
    WHERE e.employer_uscc = :employer_uscc AND e.kind = 'full' AND e.period = CAST(:period AS date)
      AND coalesce(u.unit, '') IN (SELECT unit FROM scope)
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
       (SELECT count(*) FROM was JOIN now_told USING (name) WHERE NOT was.numbers && now_told.numbers) AS other_numbers,
       (SELECT count(*) FROM replaced) AS replaced,
       (SELECT count(*) FROM replaced WHERE person_id IN (SELECT person_id FROM named)) AS named_again;
