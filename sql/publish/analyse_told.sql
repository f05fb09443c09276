ANALYZE told_line;
