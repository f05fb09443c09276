-- So many employers, another lot each time.
SELECT employer_uscc FROM (SELECT DISTINCT employer_uscc FROM ledger.submission) AS e ORDER BY random() LIMIT :wanted;
