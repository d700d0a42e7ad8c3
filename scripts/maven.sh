# Runs Maven for somebody who waits: what is built now, for how long; its own words only when it fails.
# shellcheck shell=bash

SERVICES='control-service api-service worker-service'
BUILD_LOCK=$ROOT/target/trek.lock

find_maven() {
  command -v mvn >/dev/null || fail "Maven was not found on the PATH.
  Debian, Ubuntu: sudo apt-get install maven   macOS: brew install maven   anywhere: sdk install maven"
}

# Two builds at once in one checkout would spoil each other.
lock_build() {
  mkdir -p "$ROOT/target"
  take_lock "$BUILD_LOCK" "building here"
}

# What is worth a line in Maven's log, one line for each: modules as they begin, test classes as they end.
maven_milestones() {
  awk '
    /^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]$/ {
      name = $0; sub(/^\[INFO\] Building (Trek Point: )?/, "", name); sub(/ [0-9][^ ]* +\[.*/, "", name)
      place = $NF; gsub(/[\[\]]/, "", place); sub("/", " of ", place)
      print "module\t" name " (" place ")"
    }
    /Tests run: [1-9].* -- in / {
      name = $NF; sub(/.*\./, "", name)
      line = $0; sub(/^.*Tests run: /, "", line); sub(/ -- in .*/, "", line); sub(/ <<<.*!/, "", line)
      sub(/,/, " run,", line); sub(/, Failures: 0/, "", line); sub(/, Errors: 0/, "", line); sub(/, Skipped: 0/, "", line)
      sub(/Time elapsed: /, "", line); gsub(/Failures: /, "failed ", line)
      gsub(/Errors: /, "in error ", line); gsub(/Skipped: /, "skipped ", line)
      print "tests\t  " name ": " line
    }'
}

# Runs Maven with its output in a log. Without a terminal it prints each milestone, and a sign of life now and then.
maven() { # log arguments…
  local log=$1 began=$SECONDS seen=0 lines kind text now='' files said=0
  shift
  begin "$log" mvn -B -Dstyle.color=never -f "$ROOT/pom.xml" "$@"
  while :; do
    kill -0 "$GROUP" 2>/dev/null && sleep 0.5
    lines=$(($(wc -l <"$log")))
    if [ $lines -gt $seen ]; then
      while IFS=$'\t' read -r kind text; do
        case $kind in
          tests) say "    $text" ;;
          module)
            now=$text
            [ -n "$LIVE" ] || say "  $now · $((SECONDS - began)) s"
            said=$SECONDS
            ;;
        esac
      done <<MILESTONES
$(sed -n "$((seen + 1)),${lines}p" "$log" | maven_milestones)
MILESTONES
      seen=$lines
    fi
    kill -0 "$GROUP" 2>/dev/null || [ $(($(wc -l <"$log"))) -gt $seen ] || break
    files=$(grep -c 'Downloaded from' "$log")
    [ "$files" -eq 0 ] && files='' || files=" · files downloaded: $files"
    progress "${now:-starting Maven} · $((SECONDS - began)) s$files"
    if [ -z "$LIVE" ] && [ $((SECONDS - said)) -ge 20 ]; then
      said=$SECONDS
      say "  ${now:-starting Maven} · $((SECONDS - began)) s$files"
    fi
  done
  clear_progress
  finish
}

# What Maven says went wrong, without its advice on how to ask it for more.
show_maven_failure() { # log
  clear_progress
  if grep -q '^\[ERROR\]' "$1"; then
    grep '^\[ERROR\]' "$1" | grep -v -e '^\[ERROR\] *$' -e 'To see the full stack' -e 'Re-run Maven' -e '\[Help' \
      -e 'For more information' -e 'After correcting the problems' -e 'mvn <args>' | head -n 40 |
      sed -e 's/^/    /' -e 's|mvn spotless:apply|./trek fmt|' >&2
    printf 'The whole log: %s\n' "$(shown "$1")" >&2
  else
    show_end "$1" 30
  fi
}

# A fingerprint of all that goes into the packaged services, and of what came out of it.
fingerprint() {
  (
    cd "$ROOT" || exit 1
    printf '%s\n' "$JAVA_HOME"
    cat "$JAVA_HOME/release"
    find pom.xml ./*/pom.xml ./*/src/main -type f ! -path './bench/*' ! -path './system-tests/*' -exec cksum {} + 2>/dev/null | LC_ALL=C sort -k 3
    for service in $SERVICES; do
      find "$service/target/quarkus-app/app" "$service/target/quarkus-app/quarkus-run.jar" -type f -exec cksum {} +
      find "$service/target/quarkus-app/lib/main" -name 'io.trekpoint.*' -exec cksum {} +
    done | LC_ALL=C sort -k 3
  ) | cksum
}

build_is_fresh() {
  local service
  for service in $SERVICES; do
    [ -f "$ROOT/$service/target/quarkus-app/quarkus-run.jar" ] || return 1
  done
  [ "$(cat "$ROOT/target/trek.built" 2>/dev/null)" = "$(fingerprint)" ]
}

mark_as_built() { fingerprint >"$ROOT/target/trek.built"; }

build_services() {
  local began=$SECONDS log=$TREK_HOME/logs/build.log
  build_is_fresh && return
  find_maven
  lock_build
  heading "Building the services (JDK: $JAVA_HOME)"
  if ! maven "$log" -DskipTests -Dquick package -pl api-service,worker-service,control-service -am; then
    show_maven_failure "$log"
    fail "the build failed"
  fi
  mark_as_built
  say "  built in $((SECONDS - began)) s"
  release_lock "$BUILD_LOCK"
}
