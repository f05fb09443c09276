SELECT EXISTS (SELECT FROM ledger.registry_load WHERE source = 'sql' AND recorded_at::date = current_date);
