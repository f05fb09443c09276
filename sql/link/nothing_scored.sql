-- No pair came into question.
CREATE OR REPLACE TABLE scored (
    who_l BIGINT, who_r BIGINT, weight DOUBLE, name VARCHAR, number VARCHAR, sex VARCHAR, phone VARCHAR, household VARCHAR, current VARCHAR)
