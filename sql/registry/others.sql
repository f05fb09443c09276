-- How many of the incoming versions are another's than those before.
SELECT count(*) FROM incoming WHERE rule = 'record_of_another';
