# bench gateway: limited requests beside Spring Cloud Gateway, what limits cost, Redis hung, 100 000 callers
# shellcheck shell=bash

bench_gateway() { # [--rounds n]
  local wrk spring
  find_redis
  if debian_peer wrk wrk; then wrk=$PEER/wrk; else wrk="!$PEER_FAILURE"; fi
  if spring_peer; then spring=$PEER; else spring="!$PEER_FAILURE"; fi
  build_bench
  build_services
  export TREK_REDIS_SERVER=$REDIS_SERVER
  heading "The gateway (this takes a quarter of an hour)"
  bench_java io.trekpoint.bench.gateway.GatewayBench "$BENCH_RESULTS" "$BENCH_WORK" "$ROOT" "$wrk" "$spring" "$@"
}

# Spring Cloud Gateway with the route that is measured, into PEER: its libraries in lib, the route in classes.
spring_peer() {
  local sources=$ROOT/bench/peers/spring-cloud-gateway log=$TREK_HOME/logs/spring-cloud-gateway.log state
  PEER=$TREK_HOME/tools/peers/spring-cloud-gateway
  state=$(cat "$sources"/* | cksum)
  [ "$(cat "$PEER/complete" 2>/dev/null)" != "$state" ] || return 0
  find_maven
  say "Fetching Spring Cloud Gateway into $(shown "$PEER")."
  rm -rf "$PEER" && mkdir -p "$PEER"
  PEER_FAILURE="Spring Cloud Gateway could not be had, see $(shown "$log")"
  mvn -B -q -f "$sources/pom.xml" dependency:copy-dependencies -DoutputDirectory="$PEER/lib" >"$log" 2>&1 || return 1
  "$JAVA_HOME/bin/javac" -proc:none -parameters -cp "$PEER/lib/*" -d "$PEER/classes" "$sources"/*.java >>"$log" 2>&1 || return 1
  printf '%s' "$state" >"$PEER/complete"
}
