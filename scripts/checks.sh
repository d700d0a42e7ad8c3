# test, check, fmt.
# shellcheck shell=bash

# Exports TREK_SHARED, the directory of real GPX files: the caller's, else `shared` beside the checkout or above.
find_shared_data() {
  local directory=$ROOT
  if [ -z "${TREK_SHARED:-}" ]; then
    while [ -n "$directory" ]; do
      directory=${directory%/*}
      [ -d "$directory/shared/gpx" ] && export TREK_SHARED=$directory/shared && return
    done
  fi
  [ -d "${TREK_SHARED:-}/gpx" ]
}

# Modules among the arguments, joined as Maven wants them.
choose_modules() {
  local module
  ONLY=''
  for module in "$@"; do
    [ "$module" != . ] && [ -f "$ROOT/$module/pom.xml" ] || fail "there is no module '$module'"
    ONLY=$ONLY${ONLY:+,}$module
  done
}

# Surefire's reports as lines: "run" for each test, and "skipped|failed <test> <reason>" for each such one. The sums in
# the reports are not to be had: they leave nested classes out.
read_reports() {
  find "$ROOT"/*/target/surefire-reports -name 'TEST-*.xml' -exec cat {} + 2>/dev/null | awk '
    BEGIN { RS = "<" }
    function attribute(name,   start, rest) {
      start = index($0, " " name "=\"")
      if (!start) return ""
      rest = substr($0, start + length(name) + 3)
      rest = substr(rest, 1, index(rest, "\"") - 1)
      gsub(/&quot;/, "\"", rest); gsub(/&apos;/, "\047", rest); gsub(/&lt;/, "<", rest); gsub(/&gt;/, ">", rest)
      gsub(/&#10;.*/, "", rest); gsub(/[\t\r\n]+/, " ", rest); gsub(/&amp;/, "\\&", rest)
      return rest
    }
    function report(kind, reason,   class) {
      class = test_class; sub(/.*\./, "", class)
      print kind "\t" class (test == "" ? "" : ": " test) "\t" reason
    }
    # A failed assumption has its message in the text of the element, the first line of a stack trace.
    /^!\[CDATA\[/ { quoted = 1 }
    quoted && assumption {
      said = said (assumption > 1 ? "<" : "") $0
      assumption++
      if (said !~ /[\r\n]|\]\]>/) next
      sub(/^!\[CDATA\[/, "", said); sub(/[\r\n].*/, "", said); sub(/\]\]>.*/, "", said)
      sub(/^[A-Za-z0-9.$]*Exception: /, "", said); sub(/^Assumption failed: /, "", said)
      report("skipped", said)
    }
    { assumption = 0; said = "" }
    quoted { if (index($0, "]]>")) quoted = 0; next }
    /^testsuite / { test = ""; test_class = attribute("name"); cases = 0 }
    /^testcase / { test = attribute("name"); test_class = attribute("classname"); cases++; bad = 0; print "run" }
    /^skipped.* message=/ { report("skipped", attribute("message")) }
    /^skipped/ { assumption = !attribute("message") }
    /^(failure|error)[ >\/]/ && !bad { bad = 1; report("failed", attribute("message")) }
    # A class that gives up before its first test leaves no trace but its name.
    /^\/testsuite>/ && !cases { print "run"; report("skipped", "none of its tests has run") }'
}

# Prints what failed and what was skipped, and last of all the sum. Fails when a test has failed or none has run.
sum_up() {
  read_reports | awk -F '\t' '
    $1 == "run" { run++ }
    $1 == "skipped" { skipped++; skips = skips "  " $2 ($3 == "" ? "" : " (" $3 ")") "\n" }
    $1 == "failed" { failed++; failures = failures "  " $2 ($3 == "" ? "" : " (" $3 ")") "\n" }
    END {
      if (skips != "") printf "Skipped:\n%s", skips
      if (failures != "") printf "Failed:\n%s", failures
      if (run - skipped < 1) print "No test has run."
      printf "%d passed, %d failed, %d skipped\n", run - failed - skipped, failed, skipped
      exit (failed > 0 || run - skipped < 1)
    }'
}

# The compiler is one of the checks, and it passes over classes that a quick build has made without it.
forget_classes() {
  rm -rf "$ROOT"/*/target/classes "$ROOT"/*/target/test-classes "$ROOT"/*/target/maven-status
}

# Runs the tests of faults alone, all of each, and writes what became of them onto their page.
test_faults() {
  local log=$TREK_HOME/logs/faults.log outcomes=$ROOT/system-tests/target/faults/outcomes.tsv status=0
  rm -f "$outcomes"
  maven "$log" -Dmaven.test.failure.ignore=true -Dquick -Dtrek.faults=full -Dtest='io.trekpoint.system.fault.*Test' \
    -Dsurefire.failIfNoSpecifiedTests=false -pl system-tests -am verify || {
    show_maven_failure "$log"
    status=1
  }
  [ -f "$outcomes" ] || { sum_up; return 1; }
  awk -F '\t' 'BEGIN { print "| fault | what was done | what became of it |"; print "|---|---|---|" }
    { print "| " $1 " | " $2 " | " $3 " |" }' "$outcomes" | sort -t '|' -k 2.3n >"$outcomes.md"
  say ''
  cat "$outcomes.md"
  if sum_up && [ $status -eq 0 ]; then
    publish "$ROOT/docs/robustness.md" faults "$outcomes.md"
  else
    say "Not written to docs/robustness.md: not everything passed."
    return 1
  fi
}

command_test() {
  local began=$SECONDS log=$TREK_HOME/logs/test.log native=$TREK_HOME/logs/native-sources.log status=0 faults=
  case ${1:-} in
    "") ;;
    --only) shift && [ $# -gt 0 ] || fail "--only wants modules: ./trek test --only lanes worker-service" ;;
    --faults)
      [ $# -eq 1 ] || fail "--faults takes no arguments"
      faults=1
      shift
      ;;
    *) fail "test knows no '$1', only --only and --faults" ;;
  esac
  choose_modules "$@"
  find_jdk
  find_maven
  find_redis
  export TREK_REDIS_SERVER=$REDIS_SERVER
  lock_build
  heading "Testing (JDK: $JAVA_HOME, Redis: $(redis_version "$REDIS_SERVER"))"
  find_shared_data || say "Skipped: tests on real GPX files, for want of the directory $(dirname "$ROOT")/shared/gpx (or \$TREK_SHARED)."
  find "$ROOT"/*/target/surefire-reports -name 'TEST-*.xml' -exec rm -f {} + 2>/dev/null
  if [ -n "$faults" ]; then
    test_faults
    return
  fi
  rm -f "$ROOT/target/trek.built"
  forget_classes
  # The sources of the native images first: a system test looks into them, and the build that follows leaves them alone.
  case ",$ONLY," in
    ,, | *,system-tests,*)
      say "Native sources of the services:"
      maven "$native" -DskipTests package -pl api-service,worker-service,control-service -am \
        -Dquarkus.native.enabled=true -Dquarkus.native.sources-only=true -Dquarkus.package.jar.enabled=false || {
        show_maven_failure "$native"
        status=1
      }
      ;;
  esac
  # Failing tests do not stop the run: the sum is to speak of all of them.
  say "Tests and checks:"
  if ! maven "$log" -Dmaven.test.failure.ignore=true ${ONLY:+-pl "$ONLY" -am} verify; then
    show_maven_failure "$log"
    status=1
  fi
  if [ $status -eq 0 ] && [ -z "$ONLY" ]; then mark_as_built; fi
  say "Took $((SECONDS - began)) s; the whole log: $(shown "$log")"
  [ $status -eq 0 ] || say "The build itself failed, see above."
  sum_up || status=1
  return $status
}

command_check() {
  local log=$TREK_HOME/logs/check.log status=0 script
  [ $# -eq 0 ] || fail "check takes no arguments"
  for script in trek scripts/*.sh .ci/run; do
    bash -n "$ROOT/$script" || status=1
  done
  if command -v shellcheck >/dev/null; then
    (cd "$ROOT" && shellcheck -x trek scripts/*.sh .ci/run) || status=1
  else
    say "Skipped: shellcheck, for it is not installed."
  fi
  find_jdk
  find_maven
  lock_build
  forget_classes
  say "Format, compiler, dependencies:"
  # Test sources are compiled; no test runs, and nothing is packaged that up would have to package again.
  if ! maven "$log" -DskipTests -Dquarkus.build.skip=true verify; then
    show_maven_failure "$log"
    status=1
  fi
  [ $status -eq 0 ] && say "All checks passed." || warn "Some checks failed."
  return $status
}

command_fmt() {
  local log=$TREK_HOME/logs/fmt.log
  [ $# -eq 0 ] || fail "fmt takes no arguments"
  find_jdk
  find_maven
  maven "$log" spotless:apply || {
    show_maven_failure "$log"
    fail "the sources could not be formatted"
  }
  say "Formatted."
}
