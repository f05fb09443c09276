-- The first later full roster that does not name the person and holds no line that could be the person.
CREATE TEMPORARY TABLE absence ON COMMIT DROP AS
SELECT b.person_id, b.spell_no, min((e.period + interval '1 month - 1 day')::date) AS absent_by
FROM named_spell AS b
JOIN identity.line_token AS own ON own.line_id = b.last_line_id
JOIN ledger.effective_submission AS e
    ON e.employer_uscc = :employer_uscc AND e.kind = 'full' AND e.period > b.last_named
WHERE b.leave_date IS NULL AND b.left_by IS NULL AND (b.hired_again IS NULL OR e.period + interval '1 month - 1 day' < b.hired_again)
  AND NOT EXISTS (
        SELECT FROM doubtful_line AS d
        WHERE d.submission_id = e.submission_id
          AND (d.candidate_person_id = b.person_id
               OR (coalesce(d.name = own.name, true) AND coalesce(d.number = own.number, true)
                   AND coalesce(d.hire_date = b.hire_date, true)
                   AND (d.name IS NOT NULL OR coalesce(d.phone = own.phone, true)))))
GROUP BY b.person_id, b.spell_no;
