-- Each pair of candidates once; of two profiles the smaller key stands left.
CREATE OR REPLACE TABLE pair AS
SELECT DISTINCT least(-1 - line, who) AS who_l, greatest(-1 - line, who) AS who_r FROM candidate
