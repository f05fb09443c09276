-- How many pairs there are at each level, by whether they are of one person.
SELECT comparison, level, one, count(*) AS pairs
FROM (
    UNPIVOT (
        SELECT s.name, s.number, s.sex, s.phone, s.household, s.current, l.person = r.person AS one
        FROM scored AS s JOIN truth_line AS l ON l.no = -1 - s.who_l JOIN truth_record AS r ON r.no = s.who_r)
    ON name, number, sex, phone, household, current INTO NAME comparison VALUE level)
GROUP BY ALL
