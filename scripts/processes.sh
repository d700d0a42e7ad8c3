# Processes: started in groups of their own, remembered in pid files, stopped only when they are certainly ours.
# shellcheck shell=bash

STARTED=''      # parts that this run of trek has started and has to stop when it fails or is interrupted
GROUP=''        # process group of a command that runs now (Maven); ended with trek
HELD_LOCKS=()   # locks that this run holds

pid_file() { printf '%s/pids/%s.pid' "$TREK_HOME" "$1"; }
log_file() { printf '%s/logs/%s.log' "$TREK_HOME" "$1"; }

command_line_of() {
  if command -v ps >/dev/null 2>&1; then
    ps -ww -o args= -p "$1" 2>/dev/null
  else
    tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null # Linux without procps
  fi
}

# What the command line of a part contains, and of no other process: a pid may have passed to a stranger.
mark_of() {
  case $1 in
    redis) printf 'trek-%s.conf' "$HOME_ID" ;;
    *) printf 'trek.process=%s-%s ' "$1" "$HOME_ID" ;;
  esac
}

is_part() { # pid part
  case "$(command_line_of "$1") " in
    *"$(mark_of "$2")"*) return 0 ;;
    *) return 1 ;;
  esac
}

# The pid of a part that runs, else nothing and a non-zero status.
pid_of() {
  local pid
  pid=$(cat "$(pid_file "$1")" 2>/dev/null) || return 1
  case $pid in "" | *[!0-9]*) return 1 ;; esac
  is_part "$pid" "$1" && printf '%s' "$pid"
}

runs() { pid_of "$1" >/dev/null; }

# Starts a part in a directory: own process group (a Ctrl-C in the terminal is trek's to handle), deaf to hangups.
launch() { # part directory command…
  local part=$1 directory=$2 log
  log=$(log_file "$part")
  shift 2
  [ ! -s "$log" ] || mv -f "$log" "$TREK_HOME/logs/$part.previous.log"
  set -m
  (trap '' HUP && cd "$directory" && exec "$@") </dev/null >"$log" 2>&1 &
  LAUNCHED=$!
  set +m
  disown "$LAUNCHED" 2>/dev/null
  printf '%s\n' "$LAUNCHED" >"$(pid_file "$part")"
  STARTED="$STARTED $part"
}

# TERM to each of the parts at once, ten seconds to go, then KILL.
stop_parts() {
  local part pid left tries=0
  local parts=() pids=()
  for part in "$@"; do
    if pid=$(pid_of "$part"); then
      : >"$TREK_HOME/pids/$part.stopping" # tells a trek that watches this part that it was asked to go
      kill -TERM "$pid" 2>/dev/null
      parts+=("$part") pids+=("$pid")
    else
      rm -f "$(pid_file "$part")"
    fi
  done
  [ ${#parts[@]} -gt 0 ] || return 0
  while [ $tries -le 110 ]; do
    left=0
    for part in "${!parts[@]}"; do
      [ -n "${parts[part]}" ] || continue
      if ! is_part "${pids[part]}" "${parts[part]}"; then
        rm -f "$(pid_file "${parts[part]}")"
        say "stopped ${parts[part]}"
        parts[part]=''
      else
        left=1
        [ $tries -ne 100 ] || kill -KILL "${pids[part]}" 2>/dev/null
      fi
    done
    [ $left -eq 1 ] || return 0
    tries=$((tries + 1))
    sleep 0.1
  done
  warn "still there after KILL: ${parts[*]}"
  return 1
}

# A lock is a symbolic link to its holder's pid: made atomically, and a dead holder is recognised.
take_lock() { # path what-is-being-done
  local holder tries=0
  [ -w "$(dirname "$1")" ] || fail "cannot write $1"
  while ! ln -s "$$" "$1" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 50 ] || fail "cannot take $1; if no other ./trek runs: rm -f $1 $1.dead"
    # Its holder may let go of it between the two looks.
    holder=$(readlink "$1" 2>/dev/null) || { sleep 0.1 && continue; }
    case "$(command_line_of "$holder")" in
      *trek\ [a-z]*) fail "another ./trek (pid $holder) is $2; try again when it is done" ;;
    esac
    drop_lock_of_dead "$1" "$holder"
  done
  HELD_LOCKS+=("$1")
}

# Removes the lock of a holder that is dead, and no other: another trek may have found it dead too, and have taken the
# lock since. Whoever makes the second link looks again, and nobody else removes a lock meanwhile.
drop_lock_of_dead() { # path pid
  ln -s "$$" "$1.dead" 2>/dev/null || { sleep 0.1 && return; }
  [ "$(readlink "$1" 2>/dev/null)" != "$2" ] || rm -f "$1"
  rm -f "$1.dead"
}

release_lock() { # path
  local lock
  local others=()
  for lock in "${HELD_LOCKS[@]}"; do
    if [ "$lock" = "$1" ]; then rm -f "$lock"; else others+=("$lock"); fi
  done
  HELD_LOCKS=(${others[@]+"${others[@]}"})
}

# Runs a command in a group of its own with its output in a file; GROUP is its pid until it has ended.
begin() { # log command…
  local log=$1
  shift
  set -m
  ("$@") </dev/null >"$log" 2>&1 &
  GROUP=$!
  set +m
}

# The status of what begin has started.
finish() {
  local status
  wait "$GROUP" 2>/dev/null
  status=$?
  GROUP=''
  return $status
}

# Ends what begin has started, with all that it has started in turn.
end_group() {
  local tries=0
  [ -n "$GROUP" ] || return 0
  kill -TERM -- "-$GROUP" 2>/dev/null
  while kill -0 -- "-$GROUP" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || kill -KILL -- "-$GROUP" 2>/dev/null
    [ $tries -lt 120 ] || break
    sleep 0.1
  done
  GROUP=''
}

# On every way out: what this run has started and has not handed over goes, Redis after those who use it.
leave() {
  local part services='' redis=''
  trap '' INT TERM HUP PIPE
  trap - EXIT
  clear_progress
  end_group
  for part in $STARTED; do
    if [ "$part" = redis ]; then redis=redis; else services="$services $part"; fi
  done
  # shellcheck disable=SC2086 # names of parts, without spaces
  stop_parts $services
  # shellcheck disable=SC2086
  stop_parts $redis
  [ -z "$STARTED" ] || forget_urls
  [ ${#HELD_LOCKS[@]} -eq 0 ] || rm -f "${HELD_LOCKS[@]}"
  exit "$1"
}
