-- Telephone numbers of residual profiles that stand with more than three names: an office's, which tell nobody.
CREATE OR REPLACE TABLE shared_phone AS
SELECT phone FROM people WHERE phone IN (SELECT phone FROM residual) GROUP BY phone HAVING count(DISTINCT coalesce(sound, name)) > 3
