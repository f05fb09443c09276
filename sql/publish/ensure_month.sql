SELECT ledger.ensure_month(:period);
