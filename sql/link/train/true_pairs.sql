-- Candidates among the records, and every true pair of what is left to the model, whether a block brings it up or not.
CREATE OR REPLACE TABLE pair AS
SELECT who_l, who_r FROM pair WHERE who_r >= 0
UNION
SELECT -1 - l.no, t.no FROM residual AS l JOIN truth_line AS p USING (no) JOIN truth_record AS t ON t.person = p.person
