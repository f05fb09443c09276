-- Persons whose spells at the replay's employers are others now than they were when it was asked for, whatever lines they rest on.
WITH employer AS (
    SELECT DISTINCT s.employer_uscc FROM intake.replay_file AS f JOIN intake.submission AS s USING (submission_id)
    WHERE f.replay_id = :replay_id
), was AS (
    SELECT e.employer_uscc, e.person_id, e.valid_from, e.valid_to, e.leave_earliest, e.start_evidence, e.leave_evidence
    FROM warehouse.fact_employment AS e JOIN employer USING (employer_uscc), intake.replay AS r
    WHERE r.replay_id = :replay_id AND e.known_from <= r.asked_at AND e.known_to > r.asked_at
), now_is AS (
    SELECT e.employer_uscc, e.person_id, e.valid_from, e.valid_to, e.leave_earliest, e.start_evidence, e.leave_evidence
    FROM warehouse.fact_employment AS e JOIN employer USING (employer_uscc)
    WHERE e.known_to = 'infinity'
)
SELECT count(DISTINCT person_id) FROM (
    (SELECT * FROM was EXCEPT SELECT * FROM now_is) UNION ALL (SELECT * FROM now_is EXCEPT SELECT * FROM was)) AS differ;
