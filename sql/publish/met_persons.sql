-- Whom the numbers of a submission stand for by now, and those in the employer's other files to whose bearers its lines are
-- tied: others may have published since the batch was resolved. Under the same name it is that person; under another name
-- whoever has the number keeps it, and the person here is provisional. A number that nobody has is its first name's, though
-- the file that seemed to come first was held.
INSERT INTO met (number, name, is_new, was, candidate_was, person_id, candidate_person_id)
WITH own AS MATERIALIZED (
    SELECT line_id, number, name, person_id, candidate_person_id, rule, true AS is_own
    FROM staging.line
    WHERE line_id BETWEEN CAST(:submission_id AS bigint) * 16777216 AND CAST(:submission_id AS bigint) * 16777216 + 16777215
), tied AS MATERIALIZED (
    SELECT DISTINCT person_id FROM own WHERE rule = 'same_employer'
), sibling AS MATERIALIZED (
    -- Not asked where nothing is tied: an employer's files are many.
    SELECT l.line_id, l.number, l.name, l.person_id, l.candidate_person_id, l.rule, false
    FROM intake.submission AS s
    JOIN staging.line AS l ON l.line_id BETWEEN s.submission_id * 16777216 AND s.submission_id * 16777216 + 16777215
    WHERE EXISTS (SELECT FROM tied)
      AND s.batch_id = :batch_id AND s.employer_uscc = :employer_uscc AND s.state = 'resolved' AND s.submission_id <> :submission_id
      AND l.person_id IN (SELECT person_id FROM tied)
), pair AS (
    SELECT number, name, person_id, candidate_person_id, min(line_id) AS first_line, bool_or(is_own) AS is_own,
           -- Whom the weights ask about is asked about whoever has the number.
           bool_or(rule IN ('name_under_other_number', 'doubtful', 'held_apart')) AS asked
    FROM (SELECT * FROM own UNION ALL SELECT * FROM sibling) AS line
    WHERE number IS NOT NULL AND name IS NOT NULL AND person_id IS NOT NULL
      -- What people have decided, or hold apart, is not looked up by number.
      AND NOT ledger.is_by_person(rule) AND rule NOT IN ('same_row', 'number_and_employer', 'number_held_apart')
    GROUP BY number, name, person_id, candidate_person_id
), looked_up AS MATERIALIZED (
    -- One look into the index a pair (OFFSET 0), so that the cost follows the file and not the base.
    SELECT pair.*, b.name AS bearer_name, b.person_id AS bearer_id, b.candidate_person_id AS bearer_candidate_id
    FROM pair
    LEFT JOIN LATERAL (SELECT t.name, t.person_id, t.candidate_person_id
                       FROM identity.person_token AS t WHERE t.number = pair.number OFFSET 0) AS b ON true
), known AS (
    SELECT number, name, person_id, candidate_person_id, first_line, is_own, asked,
           NULL::bigint AS bearer, NULL::bigint AS bearer_candidate, NULL::bigint AS holder
    FROM looked_up WHERE bearer_id IS NULL
    UNION ALL
    SELECT number, name, person_id, candidate_person_id, first_line, is_own, asked,
           max(bearer_id) FILTER (WHERE bearer_name = name), max(bearer_candidate_id) FILTER (WHERE bearer_name = name),
           min(bearer_id) FILTER (WHERE bearer_candidate_id IS NULL)
    FROM looked_up WHERE bearer_id IS NOT NULL
    GROUP BY number, name, person_id, candidate_person_id, first_line, is_own, asked
)
SELECT number, name, is_own AND bearer IS NULL AS is_new, person_id AS was, candidate_person_id AS candidate_was,
       coalesce(bearer, person_id) AS person_id,
       CASE WHEN bearer IS NOT NULL THEN bearer_candidate
            ELSE coalesce(nullif(coalesce(holder, first_value(person_id) OVER (PARTITION BY number ORDER BY bearer IS NOT NULL, first_line)), person_id),
                          CASE WHEN asked THEN candidate_person_id END)
       END AS candidate_person_id
FROM known;
