#!/bin/sh
# Makes dump.sql.gz anew: sh make-dump.sh HOST PORT SUPERUSER, a PostgreSQL 15 that trusts local roles, with its pg_dump and
# psql on the PATH. The database and the roles that it needs are created, and the database is dropped before.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
host=$1 port=$2 superuser=$3
as() { role=$1 database=$2; shift 2; psql -q -v ON_ERROR_STOP=1 -h "$host" -p "$port" -U "$role" "$database" "$@"; }

for role in freshet_v021 freshet_v021_owner; do
  as "$superuser" postgres -c "DO \$\$ BEGIN CREATE ROLE $role LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END \$\$"
done
as "$superuser" postgres -c "GRANT freshet_v021_owner TO freshet_v021" -c "DROP DATABASE IF EXISTS v021 WITH (FORCE)" \
  -c "CREATE DATABASE v021 OWNER freshet_v021_owner" -c "GRANT CREATE ON DATABASE v021 TO freshet_v021"

"$here/../../../../../../../../../freshet" serve --http-port 18080 --management-port 19000 \
  --url "postgresql://freshet_v021@$host:$port/v021" &
service=$!
trap 'kill "$service" 2>/dev/null || true' EXIT
until as freshet_v021 v021 -Atc "SELECT freshet.service_is_running()" 2>/dev/null | grep -q t; do sleep 1; done
as freshet_v021_owner v021 -f "$here/populate.sql"
kill "$service"
wait "$service" || true

pg_dump -h "$host" -p "$port" -U "$superuser" --inserts --rows-per-insert=200 v021 |
  grep -v '^\\\|^--$\|^$' | gzip -9 > "$here/dump.sql.gz"
