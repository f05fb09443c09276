ALTER TABLE intake.doubt ADD COLUMN asked_by_run text;
COMMENT ON COLUMN intake.doubt.asked_by_run IS 'The run of review_held that asks somebody about it; null where nobody was asked yet';
GRANT UPDATE (asked_by_run) ON intake.doubt TO clearbase_loader;
