SELECT DISTINCT employer_uscc FROM ledger.submission ORDER BY 1;
