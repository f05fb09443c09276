ANALYZE decided, label, decided_case;
