# bench gpx: reading, measuring, converting and thinning out GPX, beside gpsbabel, gpxpy, jpx and togeojson
# shellcheck shell=bash

bench_gpx() {
  local peers=()
  gpx_peers
  build_bench
  heading "Measuring (this takes minutes)"
  bench_java io.trekpoint.bench.gpx.GpxBench "$BENCH_WORK" "$BENCH_RESULTS" "$ROOT/bench/peers" "${peers[@]}" "$@"
}

# Adds to peers, for each: name=program, or name!why it cannot be had.
gpx_peers() {
  if debian_peer gpsbabel gpsbabel; then peers+=("gpsbabel=$PEER/gpsbabel"); else peers+=("gpsbabel!$PEER_FAILURE"); fi
  if debian_peer python3-gpxpy; then peers+=("gpxpy=$PEER/root"); else peers+=("gpxpy!$PEER_FAILURE"); fi
  if npm_peer togeojson @tmcw/togeojson@7.1.3 @xmldom/xmldom@0.9.12; then
    peers+=("togeojson=$PEER")
  else
    peers+=("togeojson!$PEER_FAILURE")
  fi
}
