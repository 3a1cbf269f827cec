#!/bin/bash
# Runs once, when the primary is created.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --set=password="$REPLICATION_PASSWORD" \
     --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE replication LOGIN REPLICATION PASSWORD :'password';
CREATE ROLE haproxy LOGIN CONNECTION LIMIT 20;
SQL
{
    echo "host postgres haproxy samenet trust"
    echo "host all haproxy all reject"
    echo "host replication,postgres replication samenet scram-sha-256"
    cat "$PGDATA/pg_hba.conf"
} > "$PGDATA/pg_hba.conf.new"
mv "$PGDATA/pg_hba.conf.new" "$PGDATA/pg_hba.conf"
