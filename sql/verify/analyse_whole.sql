ANALYZE affected, whole;
