-- Houses of households that stand with more than eight names: a collective household (集体户).
CREATE OR REPLACE TABLE shared_house AS
SELECT DISTINCT l.h_place, l.h_house FROM residual AS l JOIN residual_key AS k USING (no)
WHERE k.house IN (
    SELECT house FROM people_key WHERE house IN (SELECT house FROM residual_key)
    GROUP BY house HAVING count(DISTINCT coalesce(sound, name)) > names_a_house())
UNION
SELECT h_place, h_house FROM around_shared_house
