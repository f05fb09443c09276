SELECT employer_uscc, month, persons FROM mart.headcount_month;
