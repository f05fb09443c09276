-- Whether anybody's lines have to be read from the ledger.
SELECT EXISTS (SELECT FROM affected WHERE NOT folds);
