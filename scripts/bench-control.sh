# bench control: evaluating flags beside json-logic-java, OFREP beside Unleash, how changes spread, large control states
# shellcheck shell=bash

bench_control() { # [--forks n]
  local peers=() failed
  find_redis
  control_peers
  build_bench
  prepare_jmh
  build_services
  export TREK_REDIS_SERVER=$REDIS_SERVER
  heading "The control service (this takes minutes)"
  # Collected as in a service: by the front door's flags, and by what a JVM chooses in a container of its size.
  bench_java -XX:+UseSerialGC -Xmx256m io.trekpoint.bench.control.ControlBench "$BENCH_RESULTS.service" "$BENCH_WORK" "$ROOT" "${peers[@]}"
  failed=$?
  [ ${#peers[@]} -lt 4 ] || rm -rf "${peers[3]}"
  [ $failed -eq 0 ] || return 1
  heading "Evaluating flags in process (this takes minutes)"
  bench_java io.trekpoint.bench.flag.FlagBench "$BENCH_RESULTS.flag" "$@" || return 1
  { cat "$BENCH_RESULTS.flag" && echo && cat "$BENCH_RESULTS.service"; } >"$BENCH_RESULTS"
}

# Sets peers: wrk, Unleash, the programs of PostgreSQL, its data, the user it runs as; or !why one cannot be had.
control_peers() {
  local wrk unleash postgres data=$BENCH_WORK/postgres user=''
  if ! debian_peer wrk wrk; then peers=("!$PEER_FAILURE") && return; fi
  wrk=$PEER/wrk
  if ! npm_peer unleash unleash-server@8.2.0; then peers=("!$PEER_FAILURE") && return; fi
  unleash=$PEER
  postgres=$(dirname "$(find /usr/lib/postgresql -name initdb 2>/dev/null | sort | tail -n 1)" 2>/dev/null)
  if [ ! -x "$postgres/initdb" ]; then
    if ! debian_peer postgresql-15; then peers=("!$PEER_FAILURE") && return; fi
    postgres=$PEER/root/usr/lib/postgresql/15/bin
  fi
  rm -rf "$data" && mkdir -p "$data"
  # PostgreSQL refuses to run as root.
  if [ "$(id -u)" -eq 0 ]; then
    data=$(mktemp -d "${TMPDIR:-/tmp}/trek-bench-postgres.XXXXXX")
    chown 65534:65534 "$data"
    user='setpriv --reuid=65534 --regid=65534 --clear-groups'
  fi
  peers=("$wrk" "$unleash" "$postgres" "$data" "$user")
}
