SELECT export_id, rows FROM audit.export_employed(:department, :purpose, :day);
