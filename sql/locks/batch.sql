-- A task of a Dag run works on a batch alone: one that is tried again while its first try still ends waits for that.
SELECT pg_advisory_lock(hashtext('clearbase.batch'), CAST(:batch_id AS integer));
