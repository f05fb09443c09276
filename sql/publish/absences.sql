-- The first later month whose full rosters cover the spell's unit, do not name the person and hold no line that could be the
-- person (architecture, rule 4).
UPDATE named_spell AS spell SET absent_by = absent.period
FROM (
    SELECT b.person_id, b.spell_no, min(c.period) AS period
    FROM (SELECT *, lead(first_month) OVER (PARTITION BY person_id ORDER BY spell_no) AS next_month FROM named_spell) AS b
    JOIN identity.line_token AS own ON own.line_id = b.last_line_id
    JOIN covered AS c ON c.period > b.last_named AND (c.whole OR c.unit = b.unit) AND (b.next_month IS NULL OR c.period < b.next_month)
    WHERE NOT warehouse.has_left(b.leave_date, b.last_active)
      AND NOT warehouse.has_left(b.left_by, b.last_active)
      AND NOT EXISTS (
            SELECT FROM doubtful_line AS d
            WHERE d.period = c.period
              AND (d.candidate_person_id = b.person_id
                   OR warehouse.could_be(d.doubted, d.name, d.number, d.phone, d.hire_date,
                                         own.name, own.number, own.phone, b.hire_date)))
    GROUP BY b.person_id, b.spell_no) AS absent
WHERE absent.person_id = spell.person_id AND absent.spell_no = spell.spell_no;
