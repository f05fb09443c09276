CREATE TEMPORARY TABLE rebuilt_posting (LIKE warehouse.fact_posting) ON COMMIT DROP;
