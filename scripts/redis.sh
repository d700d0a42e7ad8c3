# Finds a Redis or Valkey to run, starts it on a port of its own, and knows it again.
# shellcheck shell=bash

REDIS_FLOOR=7
REDIS_FIRST_PORT=6390

# "7.0.15" from `redis-server --version`, whichever of the two names the program goes by.
redis_version() { "$1" --version 2>/dev/null | sed -n 's/.* v=\([0-9][0-9.]*\).*/\1/p'; }

new_enough() { # version
  local major=${1%%.*}
  [ "${major:-0}" -ge $REDIS_FLOOR ]
}

# The absolute path of a program, which is started in another directory than this one; nothing where there is none.
absolute_path() { # path, or name on the PATH
  local found
  found=$(type -P "$1") && printf '%s/%s' "$(cd "$(dirname "$found")" && pwd)" "${found##*/}"
}

# Sets REDIS_SERVER to an absolute path: the caller's choice, the PATH, else the distribution's package unpacked here.
find_redis() {
  local name found version unpacked=$TREK_HOME/tools/redis/redis-server too_old=''
  if [ -n "${TREK_REDIS_SERVER:-}" ]; then
    REDIS_SERVER=$(absolute_path "$TREK_REDIS_SERVER")
    version=$(redis_version "$REDIS_SERVER")
    new_enough "${version:-0}" || fail "TREK_REDIS_SERVER ($TREK_REDIS_SERVER) is no Redis or Valkey $REDIS_FLOOR.0 or newer"
    return
  fi
  for name in redis-server valkey-server "$unpacked"; do
    found=$(absolute_path "$name") || continue
    version=$(redis_version "$found")
    new_enough "${version:-0}" && REDIS_SERVER=$found && return
    too_old="$too_old $found is ${version:-of an unknown version};"
  done
  [ -z "$too_old" ] || say "Not used, $REDIS_FLOOR.0 is needed:${too_old%;}."
  unpack_redis && REDIS_SERVER=$unpacked && return
  close_private_apt
  rm -rf "$TREK_HOME/tools/redis.new"
  fail "no Redis or Valkey $REDIS_FLOOR.0 or newer was found, and none could be unpacked: $UNPACK_FAILURE.
$(redis_advice)"
}

redis_advice() {
  cat <<'ADVICE'
  macOS:            brew install valkey
  Debian, Ubuntu:   this release's own package is too old or out of reach: install redis from https://packages.redis.io,
                    or valkey-server (from Debian 12's backports, Ubuntu 24.04)
  Fedora and kin:   sudo dnf install valkey
  or name one:      TREK_REDIS_SERVER=/path/to/redis-server ./trek up
  or use another:   TREK_REDIS_URL=redis://host:6379 ./trek up
ADVICE
}

# Unpacks Redis, or Valkey where there is no Redis that is new enough, with the libraries that are missing.
unpack_redis() {
  local tools=$TREK_HOME/tools package version=''
  say "No Redis here: unpacking the distribution's package into $(shown "$tools")/redis (no root, nothing installed)."
  open_private_apt || return 1
  UNPACK_FAILURE="this release offers no package of that version"
  for package in redis-server valkey-server; do
    version=$(offered_version $package)
    new_enough "${version:-0}" && break
  done
  new_enough "${version:-0}" || return 1
  rm -rf "$tools/redis.new"
  unpack_package "$tools/redis.new" $package || return 1
  UNPACK_FAILURE="the package holds no server"
  write_wrapper "$tools/redis.new" redis-server redis-server valkey-server || return 1
  rm -rf "$tools/redis"
  mv "$tools/redis.new" "$tools/redis"
  close_private_apt
  version=$(redis_version "$tools/redis/redis-server")
  UNPACK_FAILURE="what was unpacked does not run"
  new_enough "${version:-0}"
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The first port, from this one on, on which nothing answers; nothing and a non-zero status where there is none.
free_redis_port() { # first
  local port=$1
  until port_is_free "$port"; do
    port=$((port + 1))
    [ "$port" -lt $((REDIS_FIRST_PORT + 1000)) ] || return 1
  done
  printf '%s' "$port"
}

# The configuration of the Redis that trek starts here; it stays when Redis goes.
redis_configuration() { printf '%s/redis/trek-%s.conf' "$TREK_HOME" "$HOME_ID"; }

# The URL of the Redis that trek has last started here, running or not; nothing if it has started none.
own_redis_url() { sed -n 's|^port |redis://127.0.0.1:|p' "$(redis_configuration)" 2>/dev/null; }

# What a Redis says to PING and INFO; reads until it hangs up or is silent for a second.
redis_says() { # host port
  local line
  (
    exec 3<>"/dev/tcp/$1/$2" && printf 'PING\r\nINFO server\r\nQUIT\r\n' >&3 || exit 1
    while IFS= read -r -t 1 line <&3; do printf '%s\n' "$line"; done
  ) 2>/dev/null | tr -d '\r'
}

# Whether the process with this pid answers commands on this port: another Redis there is not ours to use.
redis_answers() { # port pid
  local answer
  answer=$(redis_says 127.0.0.1 "$1")
  case $answer in *+PONG*"process_id:$2"*) return 0 ;; *) return 1 ;; esac
}

write_redis_configuration() { # port
  cat >"$(redis_configuration)" <<CONF
# Written by ./trek up at every start.
bind 127.0.0.1
port $1
dir .
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
set-proc-title no
daemonize no
CONF
}

# Starts Redis on its data; with a port named it is that or none, else the first free one. Sets REDIS_URL.
start_redis() { # [port]
  local port=${1:-$REDIS_FIRST_PORT} directory=$TREK_HOME/redis pid deadline
  mkdir -p "$directory"
  [ -e "$directory/appendonlydir" ] || : >"$directory/uninitialised"
  while :; do
    if [ $# -eq 0 ]; then
      port=$(free_redis_port "$port") || fail "no free port for Redis from $REDIS_FIRST_PORT on"
    elif ! port_is_free "$port"; then
      fail "port $port, where the running services expect Redis, is taken by another program; ./trek down and up again"
    fi
    write_redis_configuration "$port"
    launch redis "$directory" "$REDIS_SERVER" "./trek-$HOME_ID.conf"
    pid=$LAUNCHED deadline=$((SECONDS + 60))
    while kill -0 "$pid" 2>/dev/null && [ $SECONDS -lt $deadline ]; do
      redis_answers "$port" "$pid" && REDIS_URL=redis://127.0.0.1:$port && return
      sleep 0.1
    done
    # Somebody may have taken the port between the look and the start.
    if [ $# -eq 0 ] && grep -q 'in use' "$(log_file redis)"; then
      port=$((port + 1))
      continue
    fi
    show_end "$(log_file redis)" 25
    fail "redis failed to start ($REDIS_SERVER)"
  done
}

# A Redis that somebody else runs is used as it is. Silence there is worth a word, no more: the services start without
# Redis too. An old release is refused, for its scripts would fail one by one.
look_at_external_redis() {
  local address=${EXTERNAL_REDIS#*://} host port version
  address=${address##*@} && address=${address%%[/?]*}
  host=${address%%:*} port=${address##*:}
  [ "$port" != "$host" ] || port=6379
  case $address in *,* | *\[*) return ;; esac
  curl -s --max-time 1 "telnet://$host:$port" </dev/null >/dev/null 2>&1
  case $? in
    6 | 7) warn "Nothing answers at $host:$port (TREK_REDIS_URL): the services start with their failure defaults." && return ;;
  esac
  case $EXTERNAL_REDIS in redis://*@* | rediss://*) return ;; esac
  version=$(redis_says "$host" "$port" | sed -n 's/^redis_version://p')
  [ -z "$version" ] || new_enough "$version" || fail "the Redis at $host:$port is $version; $REDIS_FLOOR.0 or newer is needed"
}
