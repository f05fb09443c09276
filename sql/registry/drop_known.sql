-- Records that the ledger holds in the same words.
WITH gone AS (
    DELETE FROM incoming AS i
    USING identity.record_token AS t, identity.record_person AS p
    WHERE t.content = i.content AND p.record_id = t.record_id AND p.current
    RETURNING t.record_id, i.registry_no
)
INSERT INTO said_again (record_id) SELECT DISTINCT record_id FROM gone WHERE registry_no IS NULL;
