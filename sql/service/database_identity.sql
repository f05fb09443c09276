-- Which database it is: the cluster's own number, and the database's within it.
SELECT system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database()) FROM pg_control_system();
