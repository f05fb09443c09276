-- Recorded time only goes forward. A row that was closed before it was opened, by who had begun earlier and waited, is one that
-- was never believed: it covers no moment from now on either.
UPDATE warehouse.dim_employer SET known_to = known_from WHERE known_to < known_from;
UPDATE warehouse.dim_person SET known_to = known_from WHERE known_to < known_from;
UPDATE warehouse.fact_employment SET known_to = known_from WHERE known_to < known_from;
UPDATE warehouse.fact_match SET known_to = known_from WHERE known_to < known_from;
UPDATE warehouse.fact_residence SET known_to = known_from WHERE known_to < known_from;
UPDATE warehouse.fact_told_street SET known_to = known_from WHERE known_to < known_from;
ALTER TABLE warehouse.dim_employer ADD CHECK (known_from <= known_to);
ALTER TABLE warehouse.dim_person ADD CHECK (known_from <= known_to);
ALTER TABLE warehouse.fact_employment ADD CHECK (known_from <= known_to);
ALTER TABLE warehouse.fact_match ADD CHECK (known_from <= known_to);
ALTER TABLE warehouse.fact_residence ADD CHECK (known_from <= known_to);
ALTER TABLE warehouse.fact_told_street ADD CHECK (known_from <= known_to);
-- A decision waits for locks, too, and was made when it was written and not when its transaction began.
ALTER TABLE ledger.employer ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
ALTER TABLE ledger.submission_decision ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
ALTER TABLE ledger.identity_decision ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();

-- Of an employer one row is believed. Where two runs have registered one at once, the later row is.
UPDATE warehouse.dim_employer AS d SET known_to = later.known_from
FROM (SELECT employer_uscc, known_from AS before, lead(known_from) OVER (PARTITION BY employer_uscc ORDER BY known_from) AS known_from
      FROM warehouse.dim_employer WHERE known_to = 'infinity') AS later
WHERE d.employer_uscc = later.employer_uscc AND d.known_from = later.before AND d.known_to = 'infinity' AND later.known_from IS NOT NULL;
CREATE UNIQUE INDEX ON warehouse.dim_employer (employer_uscc) WHERE known_to = 'infinity';

-- A registration without its date begins, and one without the date of its cancellation ends, on the day on which the first version
-- told us so, and not on that of the newest. Of records that are there already what was believed stands.
ALTER TABLE ledger.registry_record ADD COLUMN registration_told_on date, ADD COLUMN cancellation_told_on date;
COMMENT ON COLUMN ledger.registry_record.registration_told_on IS 'The day on which a version of the record first told this registration; null of records from before it was noted';
COMMENT ON COLUMN ledger.registry_record.cancellation_told_on IS 'The day on which a version of the record first told this cancellation; null where it is registered, and of records from before it was noted';
CREATE OR REPLACE VIEW ledger.residence AS
SELECT record_id, street, valid_from, greatest(valid_to, valid_from) AS valid_to
FROM (SELECT record_id, street, coalesce(registered_on, registration_told_on, recorded_at::date) AS valid_from,
             coalesce(cancelled_on, CASE WHEN registered THEN 'infinity'::date ELSE coalesce(cancellation_told_on, recorded_at::date) END) AS valid_to
      FROM ledger.registry_record) AS told;
COMMENT ON COLUMN ledger.residence.valid_from IS 'Date of registration; where the record has none, the day on which its first version told us';
COMMENT ON COLUMN ledger.residence.valid_to IS 'Date of cancellation; where the record has none but is cancelled, the day on which the first version told us so';
