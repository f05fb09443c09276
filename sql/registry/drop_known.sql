-- Records that the ledger holds in the same words, and those that the extract itself says twice.
DELETE FROM incoming AS i
WHERE EXISTS (
        SELECT FROM identity.record_token AS t JOIN identity.record_person AS p USING (record_id)
        WHERE t.content = i.content AND p.current)
   OR EXISTS (SELECT FROM incoming AS earlier WHERE earlier.content = i.content AND earlier.record_id < i.record_id);
