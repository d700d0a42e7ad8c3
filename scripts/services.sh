# The three services: where they listen, how they are started, when they are ready.
# shellcheck shell=bash

START_SECONDS=60

default_port() {
  case $1 in
    api-service) printf 8080 ;;
    control-service) printf 8081 ;;
    worker-service) printf 8082 ;;
  esac
}

# The name of a part's URL in urls.env and in the environment.
url_name() {
  case $1 in
    api-service) printf TREK_API_URL ;;
    control-service) printf TREK_CONTROL_URL ;;
    worker-service) printf TREK_WORKER_URL ;;
    redis) printf TREK_REDIS_URL ;;
  esac
}

# The URL of a part as the last up has written it; nothing where there is none.
recorded_url() { # part
  local name
  name=$(url_name "$1")
  (
    unset TREK_API_URL TREK_CONTROL_URL TREK_WORKER_URL TREK_REDIS_URL
    # shellcheck source=/dev/null
    . "$TREK_HOME/urls.env" 2>/dev/null
    printf '%s' "${!name-}"
  )
}

url_of() { # service
  case $1 in
    api-service) printf '%s' "$API_URL" ;;
    control-service) printf '%s' "$CONTROL_URL" ;;
    worker-service) printf '%s' "$WORKER_URL" ;;
  esac
}

# Sets API_URL, CONTROL_URL and WORKER_URL. A service that runs keeps its port, and one that comes back to running others
# gets its old one; else it is the default or, where that is taken, the next free one after the three defaults that no
# other service has or gets back.
choose_ports() {
  local service url port next=8083 spoken_for=' '
  for service in $SERVICES; do
    url=$(recorded_url "$service")
    spoken_for="$spoken_for${url##*:} "
  done
  for service in $SERVICES; do
    url=$(recorded_url "$service")
    if [ -z "$url" ] || { ! runs "$service" && ! port_is_free "${url##*:}"; }; then
      port=$(default_port "$service")
      if [[ $spoken_for = *" $port "* ]] || ! port_is_free "$port"; then
        until [[ $spoken_for != *" $next "* ]] && port_is_free $next; do next=$((next + 1)); done
        say "Port $port is taken: $service listens on $next."
        port=$next
      fi
      spoken_for="$spoken_for$port "
      url=http://127.0.0.1:$port
    fi
    case $service in
      api-service) API_URL=$url ;;
      control-service) CONTROL_URL=$url ;;
      worker-service) WORKER_URL=$url ;;
    esac
  done
}

write_urls() {
  (
    umask 077 # the URL of a Redis elsewhere may hold its password
    printf '%s=%q\n' TREK_API_URL "$API_URL" TREK_CONTROL_URL "$CONTROL_URL" TREK_WORKER_URL "$WORKER_URL" \
      TREK_REDIS_URL "$REDIS_URL" >"$TREK_HOME/urls.env"
  )
}

# The URLs mean nothing once nothing runs.
forget_urls() {
  local part
  for part in $PARTS; do ! runs "$part" || return 0; done
  rm -f "$TREK_HOME/urls.env"
}

# The flags of a service's JVM: small when idle, soon there, one word a line. The quick compiler alone halves what a start
# costs; a deployment, where services run long, does without that flag (docs/decisions/0010).
java_flags() { # service
  case $1 in
    worker-service) printf '%s\n' -Xmx512m ;;
    api-service) printf '%s\n' -Xmx256m ;;
    control-service) printf '%s\n' -Xmx192m ;;
  esac
  printf '%s\n' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms32m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 \
    -XX:+ExitOnOutOfMemoryError
}

# An AOT cache that lies beside the jar makes the start faster. A path may hold spaces: one line is one flag.
aot_flags() { # directory
  [ ! -f "$1/app.aot" ] || printf '%s\n' "-XX:AOTCache=$1/app.aot"
}

# Starts a service on a copy of what was built, so that the next build cannot pull the classes from under it.
start_service() { # service
  local service=$1 url app=$TREK_HOME/run/$1 token='' flag
  local flags=()
  url=$(url_of "$service")
  rm -rf "$app"
  mkdir -p "$TREK_HOME/run" "$TREK_HOME/snapshots/$service"
  cp -pPR "$ROOT/$service/target/quarkus-app" "$app" || fail "cannot write to $app"
  while IFS= read -r flag; do
    [ -z "$flag" ] || flags+=("$flag")
  done <<FLAGS
$(java_flags "$service")
$(aot_flags "$app")
FLAGS
  [ "$service" != control-service ] || token=$(cat "$TREK_HOME/init-token")
  QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=${url##*:} \
    TREK_REDIS_URL=$REDIS_URL TREK_CONTROL_URL=$CONTROL_URL TREK_CONTROL_KEY_FILE=$TREK_HOME/service-key \
    TREK_SNAPSHOT_DIR=$TREK_HOME/snapshots/$service TREK_INIT_TOKEN=$token \
    launch "$service" "$TREK_HOME/run" "$JAVA_HOME/bin/java" "-Dtrek.process=$service-$HOME_ID" "${flags[@]}" \
    -jar "$app/quarkus-run.jar"
}

# A local URL's status code and body, the code on the last line; 000 where nothing answers.
ask() { # curl arguments…
  curl -s --noproxy '*' --max-time 15 -w '\n%{http_code}' "$@" 2>/dev/null
}

is_ready() { # url
  [ "$(curl -s --noproxy '*' --max-time 2 -o /dev/null -w '%{http_code}' "$1/q/health/ready" 2>/dev/null)" = 200 ]
}

# Waits until each of the services answers as ready; fails with the name and the log of the one that does not.
wait_until_ready() { # services…
  local service left="$*" deadline=$((SECONDS + START_SECONDS)) still
  while [ -n "$left" ]; do
    still=''
    for service in $left; do
      if ! kill -0 "$(cat "$(pid_file "$service")")" 2>/dev/null; then
        show_end "$(log_file "$service")" 25
        fail "$service failed to start"
      fi
      is_ready "$(url_of "$service")" || still="$still $service"
    done
    left=${still# }
    [ -n "$left" ] || break
    if [ $SECONDS -ge $deadline ]; then
      service=${left%% *}
      show_end "$(log_file "$service")" 25
      warn "Its readiness: $(ask "$(url_of "$service")/q/health/ready" | tr '\n' ' ')"
      fail "$service runs but is not ready after $START_SECONDS s"
    fi
    progress "waiting for $left"
    sleep 0.1
  done
  clear_progress
}
