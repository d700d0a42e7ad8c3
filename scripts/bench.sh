# bench: side-by-side measurements, each of one subject, and the page their results are kept on.
# A subject is a file bench-<subject>.sh with a function bench_<subject>, which finds $BENCH_WORK, a directory of its own
# that stays from run to run, measures, and leaves its results in the file $BENCH_RESULTS as Markdown. A peer that cannot
# be had is a row there that says why.
# shellcheck shell=bash

BENCH_PAGE=$ROOT/docs/benchmarks.md
BENCH_LOG=$TREK_HOME/logs/bench.log

for part in "$ROOT"/scripts/bench-*.sh; do
  # shellcheck source=/dev/null
  . "$part" || exit 1
done

# "gpx  what it measures", a line for each: the first line of each subject's file.
bench_subjects() { sed -n 's/^# bench \([a-z]*\): \(.*\)/  \1|\2/p' "$ROOT"/scripts/bench-*.sh | awk -F '|' '{ printf "%-12s%s\n", $1, $2 }'; }

command_bench() {
  local subject=${1:-} arguments
  if [ -z "$subject" ]; then
    say "usage: ./trek bench <subject> [option…]"
    say "Subjects; the results go into $(shown "$BENCH_PAGE") unless an option changes what is measured:"
    bench_subjects
    return
  fi
  shift
  arguments=$#
  [ -f "$ROOT/scripts/bench-$subject.sh" ] || fail "there is no subject '$subject'; ./trek bench lists them"
  BENCH_WORK=$TREK_HOME/bench/$subject BENCH_RESULTS=$TREK_HOME/bench/$subject.md
  mkdir -p "$BENCH_WORK" && rm -f "$BENCH_RESULTS"
  find_jdk
  "bench_$subject" "$@" || fail "the benchmark was not finished"
  say ''
  cat "$BENCH_RESULTS"
  [ $arguments -gt 0 ] || publish "$BENCH_PAGE" "$subject" "$BENCH_RESULTS"
}

# Puts results on a page, between the subject's two markers, and the conditions in front of them.
publish() { # page subject results
  local begin="<!-- $2:begin -->" end="<!-- $2:end -->"
  grep -qF "$begin" "$1" && grep -qF "$end" "$1" || fail "$(shown "$1") lacks $begin and $end"
  { bench_conditions && echo && cat "$3"; } >"$3.section"
  awk -v begin="$begin" -v end="$end" -v section="$3.section" '
    $0 == end { inside = 0 }
    !inside
    $0 == begin { inside = 1; while ((getline line < section) > 0) print line }' "$1" >"$3.page" &&
    cat "$3.page" >"$1" &&
    rm -f "$3.section" "$3.page" &&
    say "Written to $(shown "$1")."
}

# When, what and on which machine; what else ran there is for a person to say.
bench_conditions() {
  local revision changed='' processor memory
  revision=$(git -C "$ROOT" rev-parse --short HEAD 2>/dev/null) || revision=unknown
  [ -z "$(git -C "$ROOT" status --porcelain -- . ':!docs' 2>/dev/null)" ] || changed=' with changes'
  processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
  [ -n "$processor" ] || processor=$(sysctl -n machdep.cpu.brand_string 2>/dev/null) || processor=$(uname -m)
  memory=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null)
  [ -n "$memory" ] || memory=$(($(sysctl -n hw.memsize 2>/dev/null || echo 0) / 1024))
  printf '%s, revision %s%s; %s cores (%s), %s GiB, %s; JDK %s.\n' "$(date -u '+%Y-%m-%d %H:%M UTC')" "$revision" "$changed" \
    "$(getconf _NPROCESSORS_ONLN)" "$processor" $(((memory + 524288) / 1048576)) "$(uname -sr)" \
    "$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release")"
}

# Builds the module and what it measures.
build_bench() {
  local began=$SECONDS
  find_maven
  lock_build
  heading "Building the benchmark (JDK: $JAVA_HOME)"
  if ! maven "$BENCH_LOG" -DskipTests -Dquick -Dquarkus.build.skip=true -pl bench -am package; then
    show_maven_failure "$BENCH_LOG"
    fail "the build failed"
  fi
  say "  built in $((SECONDS - began)) s"
  release_lock "$BUILD_LOCK"
}

# Runs a class of the module, in a group of its own that ends with trek; what it says goes to the terminal.
bench_java() { # class argument…
  set -m
  ("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "$(bench_classpath)" "$@") </dev/null &
  GROUP=$!
  set +m
  finish
}

bench_classpath() {
  printf '%s' "${BENCH_JMH:+$BENCH_JMH/classes:}$ROOT/bench/target/classes:$(cat "$ROOT/bench/target/classpath")"
}

# Makes JMH's loops around the module's benchmarks, in BENCH_JMH, for what bench_java runs from then on.
prepare_jmh() {
  local log=$TREK_HOME/logs/jmh.log generated=$BENCH_WORK/jmh
  rm -rf "$generated" && mkdir -p "$generated/sources" "$generated/classes"
  "$JAVA_HOME/bin/java" -cp "$(bench_classpath)" org.openjdk.jmh.generators.bytecode.JmhBytecodeGenerator \
    "$ROOT/bench/target/classes" "$generated/sources" "$generated/classes" reflection >"$log" 2>&1 || fail "JMH generated nothing, see $(shown "$log")"
  find "$generated/sources" -name '*.java' >"$generated/files"
  "$JAVA_HOME/bin/javac" -proc:none -cp "$(bench_classpath)" -d "$generated/classes" "@$generated/files" >"$log" 2>&1 ||
    fail "what JMH generated does not compile, see $(shown "$log")"
  BENCH_JMH=$generated
}

# Peers stay in .trek/tools/peers. Where one cannot be had, PEER_FAILURE says why.

# Unpacks a package of the distribution once, into PEER; programs found in it get a wrapper there.
debian_peer() { # package program…
  local package=$1 program
  shift
  PEER=$TREK_HOME/tools/peers/$package
  [ ! -f "$PEER/complete" ] || return 0
  say "Unpacking the distribution's $package into $(shown "$PEER") (no root, nothing installed)."
  rm -rf "$PEER" && mkdir -p "$PEER"
  if ! { open_private_apt && unpack_package "$PEER" "$package"; }; then
    clear_progress
    PEER_FAILURE=$UNPACK_FAILURE
    return 1
  fi
  close_private_apt
  for program in "$@"; do
    PEER_FAILURE="the package $package holds no $program"
    write_wrapper "$PEER" "$program" "$program" || return 1
  done
  : >"$PEER/complete"
}

# Installs packages of npm once, at the versions named and without running their scripts, into PEER.
npm_peer() { # name package@version…
  local name=$1 log=$TREK_HOME/logs/npm.log
  shift
  PEER=$TREK_HOME/tools/peers/$name
  PEER_FAILURE='node and npm are not on the PATH'
  command -v node >/dev/null && command -v npm >/dev/null || return 1
  [ "$(cat "$PEER/complete" 2>/dev/null)" != "$*" ] || return 0
  say "Installing $* into $(shown "$PEER")."
  rm -rf "$PEER" && mkdir -p "$PEER"
  PEER_FAILURE="npm could not install $*, see $(shown "$log")"
  echo '{"private": true}' >"$PEER/package.json"
  npm install --prefix "$PEER" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts "$@" >"$log" 2>&1 || return 1
  printf '%s' "$*" >"$PEER/complete"
}
