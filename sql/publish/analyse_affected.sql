ANALYZE affected;
