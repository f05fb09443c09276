ANALYZE named;
