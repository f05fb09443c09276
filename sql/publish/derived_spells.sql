-- How each named spell ends: by its leave date, by a status, by absence, or by the next hire. Who is named as active in a later
-- month had not left.
INSERT INTO derived_spell (person_id, valid_from, valid_to, leave_earliest, start_evidence, leave_evidence, first_line_id)
WITH several AS MATERIALIZED (
    -- Of whom there is one spell alone there is nothing to look back or ahead to: most are.
    SELECT DISTINCT person_id FROM named_spell WHERE spell_no > 0
), looked_back AS (
    SELECT *,
           max(newest_hire) OVER before AS hire_before, max(newest_leave) OVER before AS left_before,
           (max(last_named) OVER before + interval '1 month - 1 day')::date AS named_before
    FROM named_spell WHERE person_id IN (SELECT person_id FROM several)
    WINDOW before AS (PARTITION BY person_id ORDER BY spell_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), told AS (
    -- Of who came back, as active lines alone say, a hire date that is as old as the spells before tells nothing of the new one.
    SELECT *,
           CASE WHEN spell_no = 0
                  OR NOT (coalesce(newest_hire <= hire_before, false)
                          OR newest_hire <= named_before AND coalesce(newest_hire < left_before, true)) THEN hire_date END AS hired
    FROM looked_back
), hired AS (
    SELECT person_id, first_month, last_active, leave_date, left_by, absent_by, first_line_id, hired,
           -- of any later spell: a hire date may have been corrected to before that of the spell between
           min(coalesce(hired, first_month)) OVER (PARTITION BY person_id ORDER BY spell_no
                                                       ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS hired_again
    FROM told
    UNION ALL
    SELECT person_id, first_month, last_active, leave_date, left_by, absent_by, first_line_id, hire_date, NULL
    FROM named_spell WHERE person_id NOT IN (SELECT person_id FROM several)
), spell AS (
    SELECT *, coalesce(hired, first_month) AS begins,
           CASE WHEN warehouse.has_left(leave_date, last_active) THEN leave_date END AS leaves,
           CASE WHEN warehouse.has_left(left_by, last_active) THEN (left_by + interval '1 month - 1 day')::date END AS left_end,
           (absent_by + interval '1 month - 1 day')::date AS absent_end,
           (last_active + interval '1 month')::date AS after_active
    FROM hired
), ended AS (
    SELECT *,
           coalesce(leaves, left_end, CASE WHEN coalesce(absent_end < hired_again, true) THEN absent_end END) AS ended_on,
           CASE WHEN leaves IS NOT NULL THEN 'leave_date'
                WHEN left_end IS NOT NULL THEN 'status_left'
                WHEN coalesce(absent_end < hired_again, absent_end IS NOT NULL) THEN 'absent_from_full' END AS evidence
    FROM spell
), cut AS (
    SELECT *, coalesce(ended_on > hired_again, hired_again IS NOT NULL) AS overtaken FROM ended
)
SELECT person_id,
       least(begins, CASE WHEN overtaken THEN hired_again ELSE ended_on END) AS valid_from,
       coalesce(CASE WHEN overtaken THEN hired_again ELSE ended_on END, 'infinity'::date) AS valid_to,
       CASE WHEN overtaken OR evidence IN ('status_left', 'absent_from_full')
            THEN least(greatest(coalesce(after_active, first_month), begins),
                       CASE WHEN overtaken THEN hired_again ELSE ended_on END) END AS leave_earliest,
       CASE WHEN hired IS NULL THEN 'first_named' ELSE 'hire_date' END AS start_evidence,
       CASE WHEN overtaken THEN 'hired_again' ELSE evidence END AS leave_evidence,
       first_line_id
FROM cut;
