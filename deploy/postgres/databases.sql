-- The two databases, their owners and their passwords: run by psql as the administrator at every start, so that a
-- changed pgpass takes effect. Passwords are read from the secret file and stand in no log, for faults either.
\set ON_ERROR_STOP on
\set airflow_password `sed -n 's/^.*:airflow:airflow://p' /run/secrets/pgpass`
\set clearbase_password `sed -n 's/^.*:clearbase:clearbase://p' /run/secrets/pgpass`
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1;

SELECT 'CREATE ROLE airflow' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'airflow') \gexec
SELECT 'CREATE ROLE clearbase' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clearbase') \gexec
ALTER ROLE airflow LOGIN PASSWORD :'airflow_password';
-- Clearbase's migrations make the roles that its loader and its analysts work as.
ALTER ROLE clearbase LOGIN CREATEROLE PASSWORD :'clearbase_password';

SELECT 'CREATE DATABASE airflow OWNER airflow' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'airflow') \gexec
SELECT 'CREATE DATABASE clearbase OWNER clearbase' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'clearbase') \gexec
-- Who may connect to Clearbase's is settled by its migrations (docs/roles.md).
REVOKE ALL ON DATABASE airflow, postgres, template1 FROM PUBLIC;

-- Who holds one of Clearbase's advisory locks stops it, and large objects fill the disk: they are for the login that migrates, and
-- for whom it gives them (migration 0040).
\connect clearbase
SELECT format('GRANT EXECUTE ON FUNCTION %s TO clearbase WITH GRANT OPTION', oid::regprocedure),
       format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure)
FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
  AND (proname ~ '^pg_(try_)?advisory_(xact_)?lock' OR proname IN ('lo_creat', 'lo_create', 'lo_from_bytea')) \gexec
