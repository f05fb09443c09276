-- Where people come from, as far as it may be kept in clear.
ALTER TABLE ledger.roster_line ADD COLUMN household_area text;
ALTER TABLE ledger.registry_record ADD COLUMN household_area text;
COMMENT ON COLUMN ledger.roster_line.household_area IS 'Division code (GB/T 2260) that the household address tells: of the prefecture, or of the province alone (340000); null where it begins with neither';
COMMENT ON COLUMN ledger.registry_record.household_area IS 'Division code (GB/T 2260) that the household address tells: of the prefecture, or of the province alone; null where it begins with neither';
GRANT SELECT (household_area) ON ledger.roster_line TO clearbase_analyst, clearbase_reviewer;
