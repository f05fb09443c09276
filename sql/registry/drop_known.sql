-- Records that the ledger holds in the same words.
DELETE FROM incoming AS i
USING identity.record_token AS t, identity.record_person AS p
WHERE t.content = i.content AND p.record_id = t.record_id AND p.current;
