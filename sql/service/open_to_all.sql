-- Databases of the server to which every login may connect.
SELECT datname FROM pg_database WHERE datallowconn AND has_database_privilege('public', oid, 'CONNECT');
