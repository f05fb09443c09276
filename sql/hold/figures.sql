-- What a resolved file says against what is believed, now, of its employer, within the units that it covers. One row, counts only.
WITH scope AS (
    SELECT DISTINCT unit FROM intake.sheet WHERE submission_id = :submission_id AND role = 'roster' AND lines > 0
    UNION
    -- By units, and yet in the place of a roster of the whole employer (hold/place).
    SELECT '' WHERE CAST(:whole AS boolean)
), effective AS MATERIALIZED (
    -- Asked once: a view that is put in for each question costs more to plan than to ask.
    SELECT submission_id, sheet, unit, period, kind FROM ledger.effective_sheet WHERE employer_uscc = :employer_uscc
), believed AS (
    SELECT DISTINCT e.person_id
    FROM warehouse.fact_employment AS e
    JOIN warehouse.spell_state AS t USING (employer_uscc, person_id, first_line_id)
    WHERE e.employer_uscc = :employer_uscc AND e.known_to = 'infinity'
      AND e.valid_from <= (CAST(:period AS date) + interval '1 month - 1 day')::date AND e.valid_to > CAST(:period AS date)
      -- Who was named last on a table of another unit is not missing here.
      AND EXISTS (SELECT FROM scope WHERE scope.unit IN ('', t.unit))
), in_hand AS NOT MATERIALIZED (
    SELECT person_id, candidate_person_id, name, rule FROM staging.line
    WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215 AND person_id IS NOT NULL
), named AS MATERIALIZED (
    -- Read once: a file's lines are many, and of most employers nothing else is asked of them.
    SELECT person_id, bool_and(coalesce(has_left, false)) AS has_left, count(number) AS numbered,
           count(*) FILTER (WHERE rule = 'number_with_other_name') AS other_names
    FROM staging.line
    WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215 AND person_id IS NOT NULL
    GROUP BY person_id
), later AS MATERIALIZED (
    SELECT e.period FROM effective AS e
    WHERE e.kind = 'full' AND e.period > :period AND e.unit <> '离职'
      AND (e.unit = '' OR EXISTS (SELECT FROM scope WHERE scope.unit IN ('', e.unit)))
), missing_later AS (
    -- Whom this file, if it comes late, would let a later month's full roster find absent: known from no later month,
    -- not believed to have left nor told so here, and not found absent by one already.
    SELECT n.person_id
    FROM named AS n
    WHERE NOT n.has_left AND EXISTS (SELECT FROM later)
      AND NOT EXISTS (
            SELECT FROM warehouse.spell_state AS s
            WHERE s.employer_uscc = :employer_uscc AND s.person_id = n.person_id
              AND (s.last_named > :period OR s.absent_by > :period
                   OR s.last_named = :period
                      AND (warehouse.has_left(s.leave_date, s.last_active) OR warehouse.has_left(s.left_by, s.last_active))))
), replaced AS (
    -- Whom the full roster named that this one would replace, if it is one: of the same month and unit.
    -- Named again is, too, who a line in review here could be, and whom a line in review there could be.
    SELECT p.person_id,
           bool_or(p.person_id IN (SELECT person_id FROM named)
                   OR p.person_id IN (SELECT candidate_person_id FROM in_hand WHERE candidate_person_id IS NOT NULL)
                   OR p.candidate_person_id IN (SELECT person_id FROM named)
                   OR t.name IN (SELECT name FROM in_hand WHERE name IS NOT NULL AND (candidate_person_id IS NOT NULL OR rule = 'number_lost'))
                   OR (p.candidate_person_id IS NOT NULL OR p.rule = 'number_lost')
                      AND t.name IN (SELECT name FROM in_hand WHERE name IS NOT NULL)) AS again
    FROM effective AS e
    JOIN ledger.roster_line AS l
        ON l.line_id BETWEEN e.submission_id * 16777216 AND e.submission_id * 16777216 + 16777215 AND l.sheet = e.sheet AND l.report_month = e.period AND l.employer_uscc = :employer_uscc
    JOIN identity.line_person AS p ON p.line_id = l.line_id
    JOIN identity.line_token AS t ON t.line_id = l.line_id
    WHERE e.kind = 'full' AND e.period = CAST(:period AS date) AND l.report_month = :period
      AND EXISTS (SELECT FROM scope WHERE scope.unit IN ('', e.unit))
    GROUP BY p.person_id
), former AS MATERIALIZED (
    -- The sheets of the newest month that covered each unit of this file: of an employer that sends its units apart the newest
    -- roster may be of another one.
    SELECT DISTINCT e.submission_id, e.sheet, e.period
    FROM scope CROSS JOIN LATERAL (
        SELECT submission_id, sheet, period, max(period) OVER () AS newest
        FROM effective
        WHERE kind = 'full' AND period <= :period AND (scope.unit IN ('', unit) OR unit = '')) AS e
    WHERE e.period = e.newest
), former_file AS MATERIALIZED (
    SELECT f.submission_id, f.period, count(*) = (SELECT count(*) FROM ledger.submission_unit AS u WHERE u.submission_id = f.submission_id) AS entire
    FROM former AS f GROUP BY f.submission_id, f.period
), was AS (
    SELECT name, array_agg(DISTINCT number) AS numbers
    FROM (SELECT t.name, t.number
          FROM former_file AS f
          JOIN identity.line_token AS t ON t.line_id BETWEEN f.submission_id * 16777216 AND f.submission_id * 16777216 + 16777215
          WHERE f.entire
          UNION ALL
          -- Which sheet a line stands on is asked only where not all of them are meant.
          SELECT t.name, t.number
          FROM former_file AS f JOIN former USING (submission_id, period)
          JOIN ledger.roster_line AS l
              ON l.line_id BETWEEN f.submission_id * 16777216 AND f.submission_id * 16777216 + 16777215 AND l.sheet = former.sheet AND l.report_month = f.period AND l.employer_uscc = :employer_uscc
          JOIN identity.line_token AS t ON t.line_id = l.line_id
          WHERE NOT f.entire) AS t
    WHERE name IS NOT NULL AND number IS NOT NULL GROUP BY name
), now_told AS (
    SELECT l.name, array_agg(DISTINCT l.number) AS numbers
    FROM staging.line AS l
    WHERE l.line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215 AND l.name IS NOT NULL AND l.number IS NOT NULL
      AND EXISTS (SELECT FROM former)
    GROUP BY l.name
), reported AS (
    SELECT min(period) AS first, count(DISTINCT period) FILTER (WHERE kind = 'full' AND period < :period AND period >= CAST(:period AS date) - interval '13 months'
                                                                AND EXISTS (SELECT FROM scope WHERE scope.unit IN ('', e.unit) OR e.unit = '')) AS full_months
    FROM effective AS e
), spell AS MATERIALIZED (
    SELECT date_trunc('month', valid_from)::date AS begun, date_trunc('month', nullif(valid_to, 'infinity'))::date AS ended,
           leave_evidence IS DISTINCT FROM 'hired_again' AS left_it, count(*) AS spells
    FROM warehouse.fact_employment
    WHERE employer_uscc = :employer_uscc AND known_to = 'infinity'
    GROUP BY 1, 2, 3
), lost_before AS (
    -- By month, how many left, told or found absent, as a share of who was there. Of the year before and a month, so that
    -- the Spring Festival is in it and what is long past is not; not of the first month, which may list everybody who ever left.
    SELECT least(lost.spells / greatest((SELECT coalesce(sum(s.spells), 0) FROM spell AS s
                                   WHERE s.begun < lost.month AND (s.ended IS NULL OR s.ended >= lost.month)), 1), 1) AS share
    FROM (SELECT ended AS month, sum(spells) AS spells FROM spell, reported
          WHERE left_it AND ended > reported.first AND ended >= CAST(:period AS date) - interval '13 months'
          GROUP BY ended) AS lost
)
SELECT (SELECT count(*) FROM believed) AS persons_before, (SELECT count(*) FROM named) AS persons_now,
       (SELECT count(*) FROM believed WHERE person_id NOT IN (SELECT person_id FROM named)) AS missing,
       (SELECT count(*) FROM missing_later) AS missing_later,
       coalesce((SELECT max(share) FROM lost_before), 0)::numeric(6, 4) AS usual_loss,
       (SELECT full_months FROM reported) AS full_months,
       (SELECT coalesce(sum(other_names), 0) FROM named)::bigint AS other_names,
       (SELECT coalesce(sum(numbered), 0) FROM named)::bigint AS numbered,
       -- named then and now: who is of another unit or has left says nothing of numbers
       (SELECT count(*) FROM was JOIN now_told USING (name)) AS named_both,
       (SELECT count(*) FROM was JOIN now_told USING (name) WHERE NOT was.numbers && now_told.numbers) AS other_numbers,
       (SELECT count(*) FROM replaced) AS replaced,
       (SELECT count(*) FROM replaced WHERE again) AS named_again;
