# The audit without any service: checks the chain of files that hold it.
# shellcheck shell=bash

command_audit() {
  [ "${1:-}" = verify ] && [ $# -gt 1 ] || fail "usage: ./trek audit verify FILE…, or a directory of an archive"
  shift
  find_jdk
  build_services
  local app=$ROOT/control-service/target/quarkus-app
  "$JAVA_HOME/bin/java" -cp "$app/app/*:$app/lib/main/*:$app/lib/boot/*" io.trekpoint.control.audit.AuditFileCheck "$@"
}
