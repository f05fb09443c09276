-- The records that have a line's number or are in a pair: nobody else's cells are looked at.
SELECT who FROM number_met WHERE who >= 0 UNION SELECT who_r FROM pair WHERE who_r >= 0 ORDER BY 1
