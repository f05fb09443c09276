-- Houses of households that stand with more than eight names: a collective household (集体户).
CREATE OR REPLACE TABLE shared_house AS
SELECT h_place, h_house FROM people
WHERE (h_place, h_house) IN (SELECT (h_place, h_house) FROM residual)
GROUP BY ALL HAVING count(DISTINCT coalesce(sound, name)) > 8
