ANALYZE moved;
