-- The same valid number, whatever the name.
SELECT line, who FROM number_pair WHERE line IN (SELECT no FROM residual)
