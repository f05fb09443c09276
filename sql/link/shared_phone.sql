-- Telephone numbers of residual profiles that stand with more than three names: an office's, which tell nobody.
CREATE OR REPLACE TABLE shared_phone AS
SELECT DISTINCT l.phone FROM residual AS l JOIN residual_key AS k USING (no)
WHERE k.phone IN (
    SELECT phone FROM people_key WHERE phone IN (SELECT phone FROM residual_key)
    GROUP BY phone HAVING count(DISTINCT coalesce(sound, name)) > names_a_phone())
