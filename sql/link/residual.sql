-- What is said of profiles that no record has been found for.
CREATE VIEW residual AS SELECT p.*, u.conflict FROM unfound AS u JOIN profile AS p USING (no)
