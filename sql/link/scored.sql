-- Each pair with its weight and the level of each comparison by name.
CREATE OR REPLACE TABLE scored AS
SELECT
    who_l, who_r, match_weight AS weight,
    $name[gamma_name + 2] AS name, $number[gamma_number + 2] AS number, $sex[gamma_sex + 2] AS sex,
    $phone[gamma_phone + 2] AS phone, $household[gamma_household + 2] AS household, $current[gamma_current + 2] AS current
FROM prediction
