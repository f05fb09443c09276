-- A number that ends in 000 and belongs to nobody of that name was cut by Excel, though its check happens to fit (1 in 11).
UPDATE profile SET valid = FALSE, head = left(digits, 15), tail = ''
WHERE valid AND length(digits) = 18 AND ends_with(digits, '000') AND no NOT IN (SELECT line FROM number_certain)
