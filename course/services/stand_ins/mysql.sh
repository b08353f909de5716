#!/bin/bash
# MariaDB and MySQL: first start with the settings of MYSQL_* or MARIADB_*, closed to the network; then the real one.
set -euo pipefail
case ${1:-} in "$DAEMON" | mysqld) shift ;; -*) ;; *) exec "$@" ;; esac
get() { local a=MARIADB_$1 b=MYSQL_$1; echo "${!a:-${!b:-}}"; }
quoted() { printf '%s' "$1" | sed "s/\\\\/\\\\\\\\/g; s/'/''/g"; }
sql() { "$CLIENT" --socket=/run/mysqld/mysqld.sock -uroot "$@"; }
data=/var/lib/mysql root=$(get ROOT_PASSWORD) db=$(get DATABASE) user=$(get USER) password=$(get PASSWORD)
chown -R mysql:mysql $data /run/mysqld
if [ ! -d $data/mysql ]; then
  [ -n "$root$(get ALLOW_EMPTY_PASSWORD)$(get ALLOW_EMPTY_ROOT_PASSWORD)" ] || {
    echo "MYSQL_ROOT_PASSWORD is not set" >&2
    exit 1
  }
  $INSTALL --user=mysql --datadir=$data >/dev/null
  "$DAEMON" --user=mysql --skip-networking "$@" &
  pid=$!
  for _ in $(seq 1200); do sql -e 'SELECT 1' >/dev/null 2>&1 && break; sleep 0.05; done
  {
    [ -z "$db" ] || echo "CREATE DATABASE IF NOT EXISTS \`$db\`;"
    if [ -n "$user" ] && [ "$user" != root ]; then
      echo "CREATE USER '$(quoted "$user")'@'%' IDENTIFIED BY '$(quoted "$password")';"
      [ -z "$db" ] || echo "GRANT ALL ON \`$db\`.* TO '$(quoted "$user")'@'%';"
    fi
  } | sql
  shopt -s nullglob
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in *.sql) sql ${db:+"$db"} <"$file" ;; *.sh) bash "$file" ;; esac
  done
  {
    echo "CREATE USER 'root'@'%' IDENTIFIED BY '$(quoted "$root")'; GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;"
    echo "ALTER USER 'root'@'localhost' IDENTIFIED BY '$(quoted "$root")';"
  } | sql
  kill "$pid"
  wait "$pid" || true
fi
exec "$DAEMON" --user=mysql "$@"
