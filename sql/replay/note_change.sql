-- Before they are changed: of how many persons the spells at the employer will be others, whatever lines they then rest on.
UPDATE intake.replay_file SET persons_changed = (
    WITH believed AS (
        SELECT person_id, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence
        FROM warehouse.fact_employment
        WHERE employer_uscc = :employer_uscc AND known_to = 'infinity' AND person_id IN (SELECT person_id FROM affected)
    ), derived AS (
        SELECT person_id, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence FROM derived_spell
    )
    SELECT count(DISTINCT person_id) FROM (
        (SELECT * FROM believed EXCEPT SELECT * FROM derived) UNION ALL (SELECT * FROM derived EXCEPT SELECT * FROM believed)) AS differ)
WHERE replayed_as = :submission_id;
