#!/bin/bash
# Starts PostgreSQL: as the primary, or as a copy of the server at the address FOLLOWS.
set -euo pipefail
if [ -n "$FOLLOWS" ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$PGDATA"
    chown postgres:postgres "$PGDATA"
    chmod 700 "$PGDATA"
    slot=${HOSTNAME//-/_}
    export PGPASSWORD=$REPLICATION_PASSWORD
    primary="host=$FOLLOWS user=replication"
    until psql -d "$primary dbname=postgres" -c "SELECT pg_create_physical_replication_slot('$slot')
            WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '$slot')"; do
        sleep 1
    done
    gosu postgres pg_basebackup --pgdata="$PGDATA" --write-recovery-conf --slot="$slot" \
        --checkpoint=fast --dbname="$primary application_name=$HOSTNAME"
fi
exec docker-entrypoint.sh "$@"
