SELECT staging.analyse_lines();
