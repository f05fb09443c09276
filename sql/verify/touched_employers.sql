-- Employers of the batch whose spells are derived again: those of the fewest lines in the ledger, as many as hold no more
-- than so many lines together, and one however many it holds.
SELECT employer_uscc
FROM (SELECT employer_uscc, sum(lines) AS lines, sum(sum(lines)) OVER own AS so_far,
             row_number() OVER own AS place
      FROM ledger.submission
      WHERE employer_uscc = ANY (ARRAY(SELECT employer_uscc FROM touched_submission))
      GROUP BY employer_uscc
      WINDOW own AS (ORDER BY sum(lines), employer_uscc)) AS e
WHERE so_far <= :most_lines OR place = 1
ORDER BY lines, employer_uscc
LIMIT :most_employers;
