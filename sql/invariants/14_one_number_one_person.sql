-- an identity number stands for one person; whoever else bears it is in review, or people have decided of it
WITH touched_number AS NOT MATERIALIZED (
    SELECT t.number FROM touched_line JOIN identity.line_token AS t USING (line_id) WHERE t.number IS NOT NULL
)
SELECT min(person_id), max(person_id) FROM (
    SELECT t.number, p.person_id
    FROM identity.line_token AS t JOIN identity.line_person AS p USING (line_id)
    WHERE t.number IS NOT NULL AND (CAST(:batch_id AS bigint) IS NULL OR t.number = ANY (ARRAY(SELECT number FROM touched_number)))
      AND p.candidate_person_id IS NULL AND p.rule NOT IN ('split_by_person', 'merged_by_person')
    UNION
    SELECT t.number, p.person_id
    FROM identity.record_token AS t JOIN identity.record_person AS p USING (record_id)
    WHERE t.number IS NOT NULL AND (CAST(:batch_id AS bigint) IS NULL OR t.number = ANY (ARRAY(SELECT number FROM touched_number)))
      AND p.current AND NOT EXISTS (SELECT FROM identity.review_case AS c WHERE c.person_id = p.person_id)
) AS bearer
GROUP BY number HAVING count(*) > 1;
