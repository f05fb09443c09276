CREATE TEMPORARY TABLE rebuilt_employment (LIKE warehouse.fact_employment) ON COMMIT DROP;
