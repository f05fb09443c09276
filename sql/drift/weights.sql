-- How many decisions the model has weighed, by month of the decision (the district's time), version of the model, two bits of weight and
-- verdict; what people decided later is no score, nor is a rule: a score has its comparisons.
SELECT date_trunc('month', recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS month, coalesce(model, '') AS model,
       (2 * floor(weight / 2))::integer AS bits, verdict, count(*) AS decisions
FROM ledger.identity_decision
WHERE weight IS NOT NULL AND levels IS NOT NULL AND act IS NULL
GROUP BY 1, 2, 3, 4
ORDER BY 2, 1, 3, 4;
