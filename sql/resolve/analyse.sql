ANALYZE staging.line;
