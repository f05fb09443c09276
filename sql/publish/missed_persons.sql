-- Who was not named although the month's full rosters cover his unit, and who was thought so until another of them came with a
-- line that could be him. As `absences`, for the month in hand.
INSERT INTO missed (person_id, spell_no, absent_by)
WITH waiting AS MATERIALIZED (
    SELECT DISTINCT ON (person_id) *
    FROM warehouse.spell_state
    WHERE employer_uscc = :employer_uscc AND :kind = 'full' AND person_id NOT IN (SELECT person_id FROM affected)
    ORDER BY person_id, spell_no DESC
), told AS (
    SELECT b.person_id, b.spell_no, b.absent_by AS was,
           CASE WHEN EXISTS (SELECT FROM covered AS c WHERE c.period = :period AND (c.whole OR c.unit = b.unit))
                 AND NOT EXISTS (
                    SELECT FROM doubtful_line AS d
                    WHERE d.period = :period
                      AND (d.candidate_person_id = b.person_id
                           OR warehouse.could_be(d.doubted, d.name, d.number, d.phone, d.hire_date,
                                                 own.name, own.number, own.phone, b.hire_date)))
                THEN CAST(:period AS date) END AS absent_by
    FROM waiting AS b JOIN identity.line_token AS own ON own.line_id = b.last_line_id
    WHERE b.last_named < :period AND (b.absent_by IS NULL OR b.absent_by = :period)
      AND NOT warehouse.has_left(b.leave_date, b.last_active)
      AND NOT warehouse.has_left(b.left_by, b.last_active)
)
SELECT person_id, spell_no, absent_by FROM told WHERE absent_by IS DISTINCT FROM was;
