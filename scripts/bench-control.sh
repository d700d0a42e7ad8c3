# bench control: evaluating flags, beside json-logic-java
# shellcheck shell=bash

bench_control() { # [--forks n]
  build_bench
  prepare_jmh
  heading "Evaluating flags in process (this takes minutes)"
  bench_java io.trekpoint.bench.flag.FlagBench "$BENCH_RESULTS" "$@"
}
