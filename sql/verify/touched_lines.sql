-- The ledger lines of a batch. Those of one file are a range of the ledger's key: OFFSET 0 keeps the planner, which takes
-- every range for a share of the table, from reading all of it.
CREATE TEMPORARY TABLE touched_line ON COMMIT DROP AS
SELECT l.*
FROM touched_submission AS t
CROSS JOIN LATERAL (
    SELECT line_id, submission_id, report_month, employer_uscc, sheet, row_no, disposition, hire_date, leave_date, employment_status
    FROM ledger.roster_line
    WHERE report_month = t.period AND employer_uscc = t.employer_uscc
      AND line_id BETWEEN t.submission_id * 16777216 AND t.submission_id * 16777216 + 16777215
    OFFSET 0) AS l;
