-- At which unit each affected person works and which agency sent him, within each spell of employment: the newest line of a month
-- speaks for it, a month that says the same as the one before goes on with it, and one that tells nothing, too. A month belongs to
-- the newest spell that was named by then.
INSERT INTO derived_posting (person_id, role, party, told_from, valid_from, valid_to, line_id)
WITH month AS (
    SELECT DISTINCT ON (person_id, role, month) * FROM told_party ORDER BY person_id, role, month, line_id DESC
), placed AS (
    SELECT DISTINCT ON (m.person_id, m.role, m.month) m.*, n.spell_no, n.first_line_id
    FROM month AS m JOIN named_spell AS n ON n.person_id = m.person_id AND n.first_month <= m.month
    ORDER BY m.person_id, m.role, m.month, n.spell_no DESC
), compared AS (
    SELECT *, row_number() OVER spell = 1 OR lag(party) OVER spell IS DISTINCT FROM party AS begins
    FROM placed WINDOW spell AS (PARTITION BY person_id, role, spell_no ORDER BY month)
), piece AS (
    SELECT *, lead(month, 1, 'infinity') OVER (PARTITION BY person_id, role, spell_no ORDER BY month) AS next_from
    FROM compared WHERE begins
)
SELECT person_id, role, party, month AS told_from, begins_on AS valid_from,
       greatest(begins_on, least(next_from, valid_to)) AS valid_to, line_id
FROM (SELECT p.*, s.valid_to, least(greatest(p.month, s.valid_from), s.valid_to) AS begins_on
      FROM piece AS p JOIN derived_spell AS s ON s.person_id = p.person_id AND s.first_line_id = p.first_line_id) AS within;
