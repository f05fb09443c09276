-- People decide of persons while a batch waits to be published: what was resolved before is resolved again.
ALTER TABLE intake.submission ADD COLUMN resolved_after bigint;
COMMENT ON COLUMN intake.submission.resolved_after IS 'Newest decision of people about persons that was known when its own were found; 0: none';
CREATE INDEX ON ledger.identity_decision (decision_id) WHERE rule IN ('merged_by_person', 'split_by_person');
