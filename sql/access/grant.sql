INSERT INTO access.login (login, street, department) VALUES (:login, :street, :department)
ON CONFLICT (login) DO UPDATE SET street = excluded.street, department = excluded.department, granted_at = now();
