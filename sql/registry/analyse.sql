ANALYZE incoming;
