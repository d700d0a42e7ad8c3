# bench jobs: submitting and doing jobs beside BullMQ and Celery, each on a Redis of its own
# shellcheck shell=bash

bench_jobs() { # [--rounds n]
  local peers=() celery modules=root/usr/lib/python3/dist-packages
  find_redis
  if npm_peer bullmq bullmq@6.7.0 ioredis@5.9.2; then peers+=("BullMQ=$PEER"); else peers+=("BullMQ!$PEER_FAILURE"); fi
  if debian_peer python3-celery && celery=$PEER && debian_peer python3-redis; then
    peers+=("Celery=$celery/$modules:$PEER/$modules")
  else
    peers+=("Celery!$PEER_FAILURE")
  fi
  build_bench
  export TREK_REDIS_SERVER=$REDIS_SERVER
  heading "The queue (this takes minutes)"
  bench_java io.trekpoint.bench.job.JobBench "$BENCH_RESULTS" "$BENCH_WORK" "$ROOT/bench/peers" "${peers[@]}" "$@"
}
