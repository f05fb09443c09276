-- Whether the employer has ever sent a line that tells a unit or an agency: of most there is nothing to derive. One look a file.
SELECT EXISTS (
    SELECT FROM ledger.submission AS s
    WHERE s.employer_uscc = :employer_uscc
      AND EXISTS (SELECT FROM ledger.line_party AS p
                  WHERE p.line_id BETWEEN s.submission_id * 16777216 AND s.submission_id * 16777216 + 16777215));
