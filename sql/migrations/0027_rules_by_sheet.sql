-- What a workbook says counts by sheet: one of its sheets may be replaced while another still speaks.
CREATE OR REPLACE VIEW warehouse.fact_training AS
WITH told AS (
    SELECT p.person_id, l.employer_uscc, l.training_date, l.trainings, l.line_id, s.period, l.recorded_at,
           bool_or(l.training_date IS NOT NULL) OVER (PARTITION BY p.person_id, l.employer_uscc) AS dated
    FROM ledger.effective_sheet AS s
    JOIN ledger.roster_line AS l
        ON l.submission_id = s.submission_id AND l.sheet = s.sheet AND l.report_month = s.period AND l.employer_uscc = s.employer_uscc
    JOIN identity.line_person AS p ON p.line_id = l.line_id
    WHERE l.disposition = 'published' AND (l.training_date IS NOT NULL OR l.trainings > 0)
)
SELECT person_id, employer_uscc, training_date,
       (array_agg(trainings ORDER BY period DESC, line_id DESC) FILTER (WHERE trainings IS NOT NULL))[1] AS trainings,
       (array_agg(line_id ORDER BY period, line_id))[1] AS first_line_id,
       min(period) AS period,
       min(recorded_at) AS known_from
FROM told
-- A count without a date speaks only where the employer has told no date of the person's at all.
WHERE training_date IS NOT NULL OR NOT dated
GROUP BY person_id, employer_uscc, training_date;
