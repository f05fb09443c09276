-- Lines and registry records that stand for a person.
SELECT line_id FROM identity.line_person WHERE person_id = :person_id
UNION ALL
SELECT record_id FROM identity.record_person WHERE person_id = :person_id;
