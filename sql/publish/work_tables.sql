-- The session's temporary tables, empty; asked for at the beginning of each transaction that derives anything.
SELECT staging.work_tables();
