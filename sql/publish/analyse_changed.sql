SELECT warehouse.analyse_changed();
