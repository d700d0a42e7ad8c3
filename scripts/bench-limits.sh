# bench limits: checks of three rates and a quota beside Bucket4j and rate-limiter-flexible, on one Redis
# shellcheck shell=bash

bench_limits() { # [--rounds n]
  local place
  find_redis
  if npm_peer rate-limiter-flexible rate-limiter-flexible@11.4.0 ioredis@5.9.2; then place=$PEER; else place="!$PEER_FAILURE"; fi
  build_bench
  export TREK_REDIS_SERVER=$REDIS_SERVER
  heading "The limiter (this takes three minutes)"
  bench_java io.trekpoint.bench.limit.LimitBench "$BENCH_RESULTS" "$ROOT/bench/peers/rate-limiter-flexible.mjs" "$place" "$@"
}
