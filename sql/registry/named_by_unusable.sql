-- Records that a quarantined row of the extract could be: absence is evidence only when it is certain.
INSERT INTO named (record_id)
SELECT t.record_id
FROM (SELECT t.record_id FROM unusable AS u JOIN identity.record_token AS t ON t.registry_no = u.registry_no
      UNION
      SELECT t.record_id FROM unusable AS u JOIN identity.record_token AS t ON t.number = u.number
      UNION
      SELECT t.record_id FROM unusable AS u JOIN identity.record_token AS t ON t.phone = u.phone
      UNION
      SELECT t.record_id FROM unusable AS u JOIN identity.record_token AS t ON t.name_birth = u.name_birth
      UNION
      SELECT t.record_id FROM unusable AS u JOIN identity.record_token AS t ON t.name = u.name WHERE u.registry_no IS NULL) AS t
JOIN identity.record_person AS p ON p.record_id = t.record_id AND p.current;
