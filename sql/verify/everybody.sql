-- Everybody on a roster that counts, replaced ones too, or in the registry.
INSERT INTO affected (person_id)
SELECT person_id FROM identity.line_person JOIN ledger.standing_submission USING (submission_id) UNION SELECT person_id FROM identity.record_person;
