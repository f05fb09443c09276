SELECT login, street, department, granted_at FROM access.login ORDER BY login;
