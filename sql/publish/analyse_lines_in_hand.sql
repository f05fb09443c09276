ANALYZE line_in_hand;
