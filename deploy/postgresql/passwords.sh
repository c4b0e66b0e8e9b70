#!/bin/sh
# Gives the two accounts of roles.sql their passwords, in a container's first start; elsewhere psql's \password does it.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set jobs="$LOOKFORWARD_JOBS_PASSWORD" --set dashboard="$LOOKFORWARD_DASHBOARD_PASSWORD" <<'SQL'
ALTER ROLE lookforward_jobs PASSWORD :'jobs';
ALTER ROLE lookforward_dashboard PASSWORD :'dashboard';
SQL
