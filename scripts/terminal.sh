# What a person reads: calm lines, one line of progress that redraws itself where there is a terminal.
# shellcheck shell=bash

BOLD='' RED='' DIM='' PLAIN='' LIVE='' PROGRESS=''
if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
  LIVE=yes
  if [ -z "${NO_COLOR:-}" ]; then
    BOLD=$'\033[1m' RED=$'\033[31m' DIM=$'\033[2m' PLAIN=$'\033[0m'
  fi
fi

say() {
  clear_progress
  printf '%s\n' "$*"
}

heading() { say "$BOLD$*$PLAIN"; }

warn() {
  clear_progress
  printf '%s\n' "$RED$*$PLAIN" >&2
}

fail() {
  warn "trek: $*"
  exit 1
}

# One line that replaces itself; nothing where there is no terminal.
progress() {
  [ -n "$LIVE" ] || return 0
  printf '\r\033[K  %s' "$DIM$*$PLAIN"
  PROGRESS=yes
}

clear_progress() {
  [ -z "$PROGRESS" ] || printf '\r\033[K'
  PROGRESS=''
}

# The end of a log, indented. $1 file, $2 lines.
show_end() {
  clear_progress
  printf 'The end of %s:\n' "$1" >&2
  tail -n "$2" "$1" 2>/dev/null | sed 's/^/    /' >&2
}

# A path as a person in this directory would type it.
shown() {
  case $1 in
    "$PWD"/*) printf '%s' "${1#"$PWD"/}" ;;
    *) printf '%s' "$1" ;;
  esac
}

# A URL without its password.
without_password() { printf '%s' "$1" | sed 's|://[^@/]*@|://***@|'; }
