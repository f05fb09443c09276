-- Whose spells at this employer may change: those it names, those of the full roster that it replaces, and, where it is
-- a full roster, everybody whose spell there is open or ended by an absence.
CREATE TEMPORARY TABLE affected ON COMMIT DROP AS
SELECT lp.person_id
FROM identity.line_person AS lp
JOIN ledger.submission AS s USING (submission_id)
WHERE s.employer_uscc = :employer_uscc AND s.period = :period
UNION
SELECT e.person_id
FROM warehouse.fact_employment AS e
WHERE e.employer_uscc = :employer_uscc AND :kind = 'full' AND e.known_to = 'infinity'
  AND (e.valid_to = 'infinity' OR e.leave_evidence IN ('absent_from_full', 'status_left', 'hired_again'));
