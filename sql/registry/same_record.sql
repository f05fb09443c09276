-- A newer version of a record stands for whom the newest version stands that says the same of number and name (2), else that agrees in
-- one of them (1): the number; the name with the day of birth or the phone, or with no such to compare. Where none agrees, or where number
-- or number and name are somebody else's, the record is another's from now on: a provisional person, who is asked about beside whom the
-- number tells, else beside whose record it was (decision 0034).
WITH version AS (
    SELECT i.record_id, i.number, i.name, t.number AS was_number, p.record_id AS version, p.person_id, p.current,
           CASE WHEN i.name = t.name AND (i.number = t.number
                                          OR i.number IS NULL AND t.number IS NULL AND i.name_birth IS NOT DISTINCT FROM t.name_birth) THEN 2
                WHEN i.number = t.number OR i.name_birth = t.name_birth
                     OR i.name = t.name AND (i.phone = t.phone OR i.name_birth IS NULL OR t.name_birth IS NULL) THEN 1
                ELSE 0 END AS agrees
    FROM incoming AS i
    JOIN identity.record_token AS t ON t.registry_no = i.registry_no
    JOIN identity.record_person AS p ON p.record_id = t.record_id
), likest AS (
    SELECT DISTINCT ON (record_id) *, max(version) FILTER (WHERE current) OVER (PARTITION BY record_id) AS replaces
    FROM version ORDER BY record_id, agrees DESC, current DESC, version DESC
), told AS (
    SELECT v.*, k.person_id AS known, k.candidate_person_id AS may_be,
           CASE WHEN v.number IS DISTINCT FROM v.was_number
                THEN (SELECT min(h.person_id) FROM identity.person_token AS h
                      WHERE h.number = v.number AND h.candidate_person_id IS NULL) END AS holder
    FROM likest AS v LEFT JOIN identity.person_token AS k ON k.number = v.number AND k.name = v.name
    WHERE v.replaces IS NOT NULL
), judged AS (
    SELECT *, coalesce(may_be, known, holder, person_id) AS beside,
           CASE WHEN agrees = 2 OR person_id IN (known, may_be) THEN false
                WHEN coalesce(known, holder) IS NULL THEN agrees = 0
                ELSE coalesce(known, holder) <> person_id END AS is_another
    FROM told
)
UPDATE incoming AS i
SET replaces = j.replaces,
    person_id = CASE WHEN j.is_another THEN i.record_id ELSE j.person_id END,
    candidate_person_id = CASE WHEN j.is_another THEN j.beside END,
    rule = CASE WHEN j.is_another THEN 'record_of_another' ELSE 'same_record' END
FROM judged AS j WHERE j.record_id = i.record_id;
