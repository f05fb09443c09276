-- Before they are changed: of how many persons the spells at the employer, or units and agencies within them, will be others, whatever
-- lines they then rest on.
UPDATE intake.replay_file SET persons_changed = (
    WITH believed AS (
        SELECT person_id, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence
        FROM warehouse.fact_employment
        WHERE employer_uscc = :employer_uscc AND known_to = 'infinity' AND person_id IN (SELECT person_id FROM affected)
    ), derived AS (
        SELECT person_id, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence FROM derived_spell
    ), posted AS (
        SELECT person_id, role, party, valid_from, valid_to
        FROM warehouse.fact_posting
        WHERE employer_uscc = :employer_uscc AND known_to = 'infinity' AND person_id IN (SELECT person_id FROM affected)
    ), to_post AS (
        SELECT person_id, role, party, valid_from, valid_to FROM derived_posting
    ), differs AS (
        SELECT person_id FROM ((SELECT * FROM believed EXCEPT SELECT * FROM derived)
                               UNION ALL (SELECT * FROM derived EXCEPT SELECT * FROM believed)) AS spell
        UNION
        SELECT person_id FROM ((SELECT * FROM posted EXCEPT SELECT * FROM to_post)
                               UNION ALL (SELECT * FROM to_post EXCEPT SELECT * FROM posted)) AS posting
    )
    SELECT count(*) FROM differs)
WHERE replayed_as = :submission_id;
