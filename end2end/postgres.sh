#!/usr/bin/env bash
# Runs a command with QDOS_TEST_POSTGRES naming a PostgreSQL of its own, which is gone afterwards:
#   end2end/postgres.sh cargo nextest run
# Quick and forgetful, as tests want it; POSTGRES_SETTINGS, lines of postgresql.conf, can make it otherwise.
set -euo pipefail

programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort | tail --lines 1)
directory=$(mktemp --directory --tmpdir qdos-postgres.XXXXXX)
# PostgreSQL refuses to run as root.
as_owner=()
if [ "$(id --user)" -eq 0 ]; then
    chown postgres "$directory"
    as_owner=(setpriv --reuid postgres --regid postgres --clear-groups)
fi

stop() {
    "${as_owner[@]}" "$programs/pg_ctl" stop --pgdata "$directory/data" --mode immediate --silent || true
    rm -rf "$directory"
}
trap stop EXIT

# ICU orders text as people do, unlike SQLite: a query that leans on the database's order is found out.
"${as_owner[@]}" "$programs/initdb" --pgdata "$directory/data" --username qdos --auth trust --no-sync \
    --encoding UTF8 --locale C --locale-provider icu --icu-locale en >"$directory/initdb.log"

cat >>"$directory/data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = '$directory'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
${POSTGRES_SETTINGS:-}
SETTINGS

# Something else may hold a port; then PostgreSQL does not start and the next one is tried.
for _ in {1..20}; do
    port=$((20000 + RANDOM % 12000))
    if "${as_owner[@]}" "$programs/pg_ctl" start --pgdata "$directory/data" --log "$directory/server.log" --silent --wait \
        --options "-c port=$port"; then
        QDOS_TEST_POSTGRES=postgres://qdos@127.0.0.1:$port/postgres
        break
    fi
done
if [ -z "${QDOS_TEST_POSTGRES:-}" ]; then
    cat "$directory"/*.log >&2
    exit 1
fi

export QDOS_TEST_POSTGRES
"$@"
