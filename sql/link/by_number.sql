-- Each profile's one record by its number: of doubles the one that says more of what the line says, then the one that says more.
CREATE TABLE by_number AS
SELECT line, who, 'same' AS names FROM number_met AS m WHERE plain AND who >= 0
UNION ALL
SELECT n.line, n.who, n.names
FROM number_certain AS n JOIN record AS r ON r.no = n.who
WHERE n.line NOT IN (SELECT line FROM number_met WHERE plain AND who >= 0) AND n.line NOT IN (SELECT line FROM number_contested)
QUALIFY row_number() OVER (
    PARTITION BY n.line
    ORDER BY n.names = 'same' DESC, n.phone::INT + n.household::INT + n.current::INT DESC, n.told DESC, r.id, n.who) = 1
