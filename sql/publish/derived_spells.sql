-- How each named spell ends: by its leave date, by a status, by absence, or by the next hire.
CREATE TEMPORARY TABLE derived_spell ON COMMIT DROP AS
WITH ended AS (
    SELECT b.person_id, b.valid_from, b.hire_date, b.first_line_id, b.last_line_id, b.hired_again, b.last_active, b.first_month,
           CASE WHEN b.leave_date IS NOT NULL THEN b.leave_date
                WHEN b.left_by IS NOT NULL THEN b.left_by
                ELSE a.absent_by END AS ended_on,
           CASE WHEN b.leave_date IS NOT NULL THEN 'leave_date'
                WHEN b.left_by IS NOT NULL THEN 'status_left'
                WHEN a.absent_by IS NOT NULL THEN 'absent_from_full' END AS evidence
    FROM named_spell AS b LEFT JOIN absence AS a USING (person_id, spell_no)
), cut AS (
    SELECT *,
           coalesce(ended_on > hired_again, hired_again IS NOT NULL) AS overtaken
    FROM ended
)
SELECT person_id,
       least(valid_from, CASE WHEN overtaken THEN hired_again ELSE ended_on END) AS valid_from,
       coalesce(CASE WHEN overtaken THEN hired_again ELSE ended_on END, 'infinity'::date) AS valid_to,
       CASE WHEN overtaken OR evidence IN ('status_left', 'absent_from_full')
            THEN least(greatest(coalesce(last_active + 1, first_month), valid_from),
                       CASE WHEN overtaken THEN hired_again ELSE ended_on END) END AS leave_earliest,
       CASE WHEN hire_date IS NULL THEN 'first_named' ELSE 'hire_date' END AS start_evidence,
       CASE WHEN overtaken THEN 'hired_again' ELSE evidence END AS leave_evidence,
       first_line_id, last_line_id
FROM cut;
