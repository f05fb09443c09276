-- The profile of every line, in order.
SELECT profile FROM profile_of ORDER BY no
