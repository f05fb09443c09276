-- Trainings as the rosters tell them: 培训次数 and 培训日期.
ALTER TABLE ledger.roster_line ADD COLUMN trainings integer, ADD COLUMN training_date date;
COMMENT ON COLUMN ledger.roster_line.trainings IS 'How many trainings the line says the worker has had (人次); null where it says no number that fits';
COMMENT ON COLUMN ledger.roster_line.training_date IS 'Date of the newest training; a month alone counts from its first day';
CREATE INDEX roster_line_training ON ledger.roster_line (submission_id) WHERE training_date IS NOT NULL OR trainings > 0;

CREATE VIEW warehouse.fact_training AS
WITH told AS (
    SELECT p.person_id, l.employer_uscc, l.training_date, l.trainings, l.line_id, s.period, l.recorded_at,
           bool_or(l.training_date IS NOT NULL) OVER (PARTITION BY p.person_id, l.employer_uscc) AS dated
    FROM ledger.effective_submission AS s
    JOIN ledger.roster_line AS l
        ON l.submission_id = s.submission_id AND l.report_month = s.period AND l.employer_uscc = s.employer_uscc
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
COMMENT ON VIEW warehouse.fact_training IS 'Trainings that effective rosters tell: one row a person, employer and date of training';
COMMENT ON COLUMN warehouse.fact_training.person_id IS 'The person';
COMMENT ON COLUMN warehouse.fact_training.employer_uscc IS 'The employer that says so';
COMMENT ON COLUMN warehouse.fact_training.training_date IS 'Date of the training; null where only a count was told';
COMMENT ON COLUMN warehouse.fact_training.trainings IS 'The count on the newest line that names this training: all the worker''s trainings so far, not those of the day';
COMMENT ON COLUMN warehouse.fact_training.first_line_id IS 'First ledger line, by month, that names it';
COMMENT ON COLUMN warehouse.fact_training.period IS 'First report month that names it';
COMMENT ON COLUMN warehouse.fact_training.known_from IS 'Since when we know';
GRANT SELECT ON warehouse.fact_training TO clearbase_loader;
