-- Asked of every line when it is written, these cost more than the line itself; `verify` asks them of all at once.
ALTER TABLE identity.line_person DROP CONSTRAINT line_person_person_id_fkey;
ALTER TABLE identity.person_token DROP CONSTRAINT person_token_person_id_fkey;

-- A line's id begins with its submission's: the lines of one are a range of the primary key, and need no index of their own.
DROP INDEX identity.line_person_submission_id_idx;
DROP INDEX identity.line_token_submission_id_idx;
DROP INDEX ledger.roster_line_submission_id_idx;

-- Of rows that are about something else there is nothing to find.
DROP INDEX ledger.identity_decision_record_id_idx;
CREATE INDEX ON ledger.identity_decision (record_id) WHERE record_id IS NOT NULL;
DROP INDEX identity.person_key_source_id_idx;
CREATE UNIQUE INDEX ON identity.person_key (source_id) WHERE source_id IS NOT NULL;

-- Lines that could be somebody who seems to be missing are few, and found without going through the others.
CREATE INDEX ON identity.line_person (line_id) WHERE candidate_person_id IS NOT NULL OR rule = 'number_lost';
CREATE INDEX ON ledger.roster_line (line_id) WHERE disposition = 'quarantined';
