-- Two accounts and two databases. The server's keeper runs this once, from any database:
--
--     psql --set ON_ERROR_STOP=1 --file deploy/postgresql/roles.sql postgres
--
-- and gives each account its password with \password. lookforward_jobs owns both databases: the command line, the worker
-- and the timers use it, and only it changes tables. lookforward_dashboard reads and writes the desk's rows and can
-- reach nothing of the vault: the dashboard cannot leak what it cannot read. 'lookforward doctor' looks after both, and a
-- test runs this very file.

CREATE ROLE lookforward_jobs LOGIN;
CREATE ROLE lookforward_dashboard LOGIN CONNECTION LIMIT 50;

CREATE DATABASE lookforward_vault OWNER lookforward_jobs TEMPLATE template0 ENCODING 'UTF8';
CREATE DATABASE lookforward_desk OWNER lookforward_jobs TEMPLATE template0 ENCODING 'UTF8';

-- Every account may connect to a new database until somebody says otherwise.
REVOKE ALL ON DATABASE lookforward_vault FROM PUBLIC;
REVOKE ALL ON DATABASE lookforward_desk FROM PUBLIC;
GRANT CONNECT ON DATABASE lookforward_desk TO lookforward_dashboard;

-- Erasing and purging end with a checkpoint and a new log segment, so that deleted rows leave the server's files.
GRANT pg_checkpoint TO lookforward_jobs;

\connect lookforward_vault
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO lookforward_jobs;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() TO lookforward_jobs;

\connect lookforward_desk
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO lookforward_jobs;
GRANT USAGE ON SCHEMA public TO lookforward_dashboard;
-- Rows of whatever tables 'lookforward migrate' makes, now or later; never the tables themselves.
ALTER DEFAULT PRIVILEGES FOR ROLE lookforward_jobs IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lookforward_dashboard;
ALTER DEFAULT PRIVILEGES FOR ROLE lookforward_jobs IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO lookforward_dashboard;
