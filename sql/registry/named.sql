-- Which records the extract names, whatever it says of them: by the registry's own number, or in the same words; where row or record
-- has no such number, by the identity number with the name, or by the name with the day of birth.
CREATE TEMPORARY TABLE named ON COMMIT DROP AS
SELECT n.record_id
FROM (SELECT t.record_id FROM incoming AS i JOIN identity.record_token AS t ON t.registry_no = i.registry_no
      UNION
      SELECT t.record_id FROM incoming AS i JOIN identity.record_token AS t ON t.content = i.content
      -- Each side apart: by one condition with OR all would be held against all first.
      UNION
      SELECT t.record_id FROM incoming AS i JOIN identity.record_token AS t ON t.number = i.number AND t.name = i.name
      WHERE i.registry_no IS NULL
      UNION
      SELECT t.record_id FROM incoming AS i JOIN identity.record_token AS t ON t.number = i.number AND t.name = i.name
      WHERE t.registry_no IS NULL
      UNION
      SELECT t.record_id FROM incoming AS i JOIN identity.record_token AS t ON t.name_birth = i.name_birth
      WHERE i.registry_no IS NULL
      UNION
      SELECT t.record_id FROM incoming AS i JOIN identity.record_token AS t ON t.name_birth = i.name_birth
      WHERE t.registry_no IS NULL) AS n
JOIN identity.record_person AS p ON p.record_id = n.record_id AND p.current;
