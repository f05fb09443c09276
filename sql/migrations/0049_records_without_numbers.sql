-- A registry without numbers of its own tells newer versions of its records, too: by identity number and name, where one record in force has both.
COMMENT ON COLUMN identity.record_token.registry_no IS
    'Token of the registry''s own number; of a version that does not tell it that of the version before; null where none has told it';
COMMENT ON COLUMN identity.record_person.current IS
    'False once a later extract holds a newer version: by the registry''s own number, or where either has none by the identity number with the name, if one record in force has both';
COMMENT ON COLUMN ledger.registry_record.registration_told_on IS
    'The day on which a version of the record first told this registration; where this version has no date of registration, the date that the version before has; null of records from before it was noted';
