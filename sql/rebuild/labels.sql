-- Each person by the smallest line or record that stands for the person, so that it does not matter under which id a person goes.
CREATE TEMPORARY TABLE label ON COMMIT DROP AS
SELECT person_id, least(min(line_id), min(record_id)) AS label FROM decided GROUP BY person_id;
