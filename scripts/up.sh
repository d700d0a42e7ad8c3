# up, down, status, logs: the running product.
# shellcheck shell=bash

PARTS="redis $SERVICES"

# Sets WANTED to the parts among the arguments, all of them if none is named.
choose_parts() {
  local part
  WANTED=$*
  for part in "$@"; do
    case " $PARTS " in *" $part "*) ;; *) fail "there is no part '$part'; parts are: $PARTS" ;; esac
  done
  [ -n "$WANTED" ] || WANTED=$PARTS
}

wanted() { case " $WANTED " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

any_service_runs() {
  local service
  for service in $SERVICES; do ! runs "$service" || return 0; done
  return 1
}

# Whether a URL is that of the Redis which trek starts here. Who has sourced urls.env shows it as TREK_REDIS_URL.
is_own_redis() { # url
  [ "$1" = "$(own_redis_url)" ] || { own_data_set && [ "$1" = "$(recorded_url redis)" ]; }
}

# Sets EXTERNAL_REDIS: the URL of a Redis that is not trek's to start, or nothing. Running services keep theirs.
choose_redis() {
  local recorded named=${TREK_REDIS_URL:-}
  recorded=$(recorded_url redis)
  if any_service_runs; then
    [ -z "$named" ] || [ "$named" = "$recorded" ] ||
      fail "the running services use another Redis ($(without_password "$recorded")); ./trek down first"
    EXTERNAL_REDIS=''
    own_data_set || EXTERNAL_REDIS=$recorded
  elif [ -n "$named" ] && is_own_redis "$named"; then
    EXTERNAL_REDIS=''
  else
    EXTERNAL_REDIS=$named
  fi
}

# Sets REDIS_URL, starting Redis where that is wanted and not done.
provide_redis() {
  local recorded port
  recorded=$(recorded_url redis)
  if [ -n "$EXTERNAL_REDIS" ]; then
    REDIS_URL=$EXTERNAL_REDIS
    look_at_external_redis
  elif runs redis; then
    REDIS_URL=$(own_redis_url)
  elif any_service_runs; then
    REDIS_URL=$recorded
    ! wanted redis || start_redis "${recorded##*:}"
  elif wanted redis; then
    start_redis
  else
    # Where Redis will be once it is started. Whatever answers on a port today is not the Redis of this home.
    port=$(free_redis_port "$REDIS_FIRST_PORT") || fail "no free port for Redis from $REDIS_FIRST_PORT on"
    REDIS_URL=redis://127.0.0.1:$port
  fi
}

# Starts those of the wanted services that do not run, all at once, and waits for them.
provide_services() {
  local service new=''
  for service in $SERVICES; do
    ! wanted "$service" || runs "$service" || new="$new $service"
  done
  for service in $new; do start_service "$service"; done
  case " $new " in
    *" control-service "*)
      # First of all: until the data set is initialised, the others may have nothing to be ready with.
      wait_until_ready control-service
      [ -n "$EXTERNAL_REDIS" ] || initialise_own_data_set
      ;;
  esac
  # shellcheck disable=SC2086 # names of services, without spaces
  wait_until_ready $new
}

command_up() {
  local detach='' part missing='' began
  case ${1:-} in
    --detach) detach=yes && shift ;;
    -*) fail "up knows no option '$1', only --detach" ;;
  esac
  choose_parts "$@"
  take_lock "$RUN_LOCK" "starting or stopping here"
  choose_redis
  for part in $WANTED; do
    { [ "$part" = redis ] && [ -n "$EXTERNAL_REDIS" ]; } || runs "$part" || missing="$missing $part"
  done
  if [ -z "$missing" ]; then
    introduce "Trek Point is already running."
    find_jdk
    build_is_fresh || say "The sources have changed since: ./trek down && ./trek up takes that in."
    return
  fi
  command -v curl >/dev/null || fail "curl was not found; it is needed to talk to the services"
  [ "$missing" = " redis" ] || { find_jdk && build_services; }
  case $missing in *" redis"*) find_redis ;; esac
  adopt_data_set
  ensure_init_token
  began=$SECONDS
  for part in $missing; do rm -f "$TREK_HOME/pids/$part.stopping"; done
  provide_redis
  choose_ports
  write_urls
  provide_services
  release_lock "$RUN_LOCK"
  [ -z "$detach" ] || STARTED=''
  say "Started in $((SECONDS - began)) s:$missing."
  introduce "Trek Point is running."
  if [ -n "$detach" ]; then
    say "It stays: ./trek status, ./trek logs, ./trek down."
  else
    say "Ctrl-C stops it."
    watch
  fi
}

# In the foreground: until everything that was started is gone, or a service is gone that nobody asked to go.
watch() {
  local part left=$STARTED still reason
  while [ -n "$left" ]; do
    sleep 0.5
    still=''
    for part in $left; do
      if runs "$part"; then
        still="$still $part"
      elif [ -e "$TREK_HOME/pids/$part.stopping" ]; then
        reason=stopped
      elif [ "$part" = redis ]; then
        show_end "$(log_file redis)" 5
        warn "redis has died; the services go on without it (./trek up --detach redis brings it back)."
      else
        show_end "$(log_file "$part")" 25
        fail "$part has died; stopping the rest"
      fi
    done
    left=$still STARTED=$still
  done
  say "Everything was ${reason:-ended} from elsewhere."
}

# What a person needs to begin with.
introduce() { # first line
  local redis sample=$ROOT/docs/samples/ridge-walk.gpx
  redis=$(without_password "$(recorded_url redis)")
  say
  heading "$1"
  say
  say "  gateway  $(recorded_url api-service)"
  say "  control  $(recorded_url control-service)"
  say "  worker   $(recorded_url worker-service)"
  say "  Redis    $redis"
  say
  show_keys
  say
  [ -s "$TREK_HOME/demo-keys.env" ] || return 0
  say "A first request, and its result:"
  say
  cat <<REQUEST
  URL=$(recorded_url api-service)
  KEY=$(sed -n 's/^TREK_FREE_KEY=//p' "$TREK_HOME/demo-keys.env")
  JOB=\$(curl -s -H "X-API-Key: \$KEY" -H "Content-Type: application/gpx+xml" -H "Prefer: wait=10" \\
    --data-binary @$(printf '%q' "$(shown "$sample")") "\$URL/v1/jobs/export?to=geojson"); echo "\$JOB"
  ID=\$(echo "\$JOB" | sed 's/^{"id":"\\([^"]*\\)".*/\\1/')
  curl -s -H "X-API-Key: \$KEY" "\$URL/v1/jobs/\$ID/result"

REQUEST
}

command_down() {
  local part services='' redis='' running=''
  choose_parts "$@"
  take_lock "$RUN_LOCK" "starting or stopping here"
  for part in $WANTED; do
    ! runs "$part" || running=yes
    if [ "$part" = redis ]; then redis=redis; else services="$services $part"; fi
  done
  # shellcheck disable=SC2086 # names of parts, without spaces
  stop_parts $services && stop_parts $redis || fail "not everything could be stopped"
  [ -n "$running" ] || say "Nothing runs here."
  forget_urls
}

command_status() {
  local part pid state url all=0
  [ $# -eq 0 ] || fail "status takes no arguments"
  for part in $PARTS; do
    url=$(recorded_url "$part")
    if pid=$(pid_of "$part"); then
      state=running
      [ "$part" = redis ] || { is_ready "$url" && state=ready || { state='not ready' && all=1; }; }
      printf '%-16s %-10s %-26s pid %-8s %s MiB\n' "$part" "$state" "$url" "$pid" \
        "$(($(ps -o rss= -p "$pid" 2>/dev/null || printf 0) / 1024))"
    elif [ "$part" = redis ] && ! own_data_set && [ -n "$url" ]; then
      printf '%-16s %-10s %s\n' redis elsewhere "$(without_password "$url")"
    else
      printf '%-16s %s\n' "$part" stopped
      all=1
    fi
  done
  return $all
}

command_logs() {
  local part
  local files=()
  choose_parts "$@"
  for part in $WANTED; do
    [ ! -f "$(log_file "$part")" ] || files+=("$(log_file "$part")")
  done
  [ ${#files[@]} -gt 0 ] || fail "there are no logs yet"
  exec tail -n 40 -f "${files[@]}"
}
