# The Redis data set that a home goes with: whose it is, its first initialisation, and the keys that come out of it.
# shellcheck shell=bash

# The name of the data set that this home goes with now: "own" is that of the Redis which trek starts here.
data_set() { cat "$TREK_HOME/data-set" 2>/dev/null || printf own; }

own_data_set() { [ "$(data_set)" = own ]; }

# Keys and snapshots belong to one data set. When the home turns to another Redis they are put aside, and they
# come back with it.
adopt_data_set() {
  local name=own current thing
  [ -z "$EXTERNAL_REDIS" ] || name=$(printf '%s' "${EXTERNAL_REDIS##*@}" | cksum | tr ' ' '-')
  current=$(data_set)
  printf '%s\n' "$name" >"$TREK_HOME/data-set"
  [ "$current" != "$name" ] || return 0
  mkdir -p "$TREK_HOME/data-sets/$current" "$TREK_HOME/data-sets/$name"
  for thing in demo-keys.env service-key snapshots; do
    [ ! -e "$TREK_HOME/$thing" ] || mv "$TREK_HOME/$thing" "$TREK_HOME/data-sets/$current/$thing"
    [ ! -e "$TREK_HOME/data-sets/$name/$thing" ] || mv "$TREK_HOME/data-sets/$name/$thing" "$TREK_HOME/$thing"
  done
}

ensure_init_token() {
  [ -s "$TREK_HOME/init-token" ] || (
    umask 077
    LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 40 >"$TREK_HOME/init-token"
  )
}

# The key of one client out of the answer to init, whatever its layout.
key_of() { # answer client
  printf '%s' "$1" | tr -d '\n' | tr '{' '\n' | grep "\"name\" *: *\"$2\"" |
    sed -n 's/.*"key" *: *"\([A-Za-z0-9_]*\)".*/\1/p'
}

# The key goes to its file whole or not at all.
write_secret() { # file; the content on stdin
  (umask 077 && cat >"$1.new") && mv -f "$1.new" "$1"
}

save_keys() { # answer
  local free pro operator admin reader
  free=$(key_of "$1" demo-free) pro=$(key_of "$1" demo-pro) operator=$(key_of "$1" demo-operator)
  admin=$(key_of "$1" demo-admin) reader=$(key_of "$1" trek-services)
  [ -n "$free" ] && [ -n "$pro" ] && [ -n "$operator" ] && [ -n "$admin" ] && [ -n "$reader" ] ||
    fail "the control service has initialised the data set, but its answer does not hold the five keys"
  printf 'TREK_FREE_KEY=%s\nTREK_PRO_KEY=%s\nTREK_OPERATOR_KEY=%s\nTREK_ADMIN_KEY=%s\n' \
    "$free" "$pro" "$operator" "$admin" | write_secret "$TREK_HOME/demo-keys.env"
  printf '%s\n' "$reader" | write_secret "$TREK_HOME/service-key"
}

# Asks the control service to initialise its data set. Returns 1 when it is initialised already.
initialise() {
  local answer status url=$CONTROL_URL deadline=$((SECONDS + 10))
  local clients='{"clients":[
    {"name":"demo-free","tier":"free","roles":[]},
    {"name":"demo-pro","tier":"pro","roles":[]},
    {"name":"demo-operator","tier":"free","roles":["operator"]},
    {"name":"demo-admin","tier":"free","roles":["admin"]},
    {"name":"trek-services","tier":"free","roles":["reader"]}]}'
  while :; do
    # The token is handed over on stdin: an argument could be read in the list of processes.
    answer=$(printf 'header = "Authorization: Bearer %s"\n' "$(cat "$TREK_HOME/init-token")" |
      ask --config - -H 'Content-Type: application/json' --data "$clients" "$url/v1/init")
    status=${answer##*$'\n'} answer=${answer%$'\n'*}
    case $status in
      201) break ;;
      409) return 1 ;;
      503) [ $SECONDS -lt $deadline ] && sleep 0.5 && continue ;;
    esac
    fail "control-service did not initialise the data set (HTTP $status): $answer"
  done
  save_keys "$answer"
  rm -f "$TREK_HOME/redis/uninitialised"
}

# After an up whose Redis data set is new. Where the control service says it is not, the operator has to decide.
initialise_own_data_set() {
  [ -e "$TREK_HOME/redis/uninitialised" ] || return 0
  progress "initialising the data set"
  if initialise; then
    say "Initialised a new data set."
  else
    warn "This Redis is new, but the control service answers that a data set exists already, and keeps to it."
    warn "$(advice_on_existing_data_set)"
  fi
}

# What can be done where the control service refuses to initialise: keys cannot be had from it again.
advice_on_existing_data_set() {
  local home
  home=$(shown "$TREK_HOME")
  printf 'Keys are shown only once, when a data set is initialised; '
  if [ -s "$TREK_HOME/demo-keys.env" ]; then
    printf 'those kept here are in %s.\n' "$home/demo-keys.env"
  else
    printf 'none are kept here.\n'
  fi
  if own_data_set; then
    printf 'To begin anew, with all data lost: ./trek down && rm -rf %q %q && ./trek up' "$home/redis" "$home/snapshots"
  else
    printf 'To begin anew, let TREK_REDIS_URL name an empty Redis: '
    printf './trek down && rm -rf %q && ./trek up --detach && ./trek init' "$home/snapshots"
  fi
}

command_init() {
  [ $# -eq 0 ] || fail "init takes no arguments"
  runs control-service || fail "control-service does not run here: ./trek up first"
  CONTROL_URL=$(recorded_url control-service)
  initialise || fail "a data set exists already.
$(advice_on_existing_data_set)"
  say "Initialised the data set."
  show_keys
}

show_keys() {
  if [ -s "$TREK_HOME/demo-keys.env" ]; then
    say "Demo keys, kept in $(shown "$TREK_HOME/demo-keys.env"):"
    say
    sed 's/^/  /' "$TREK_HOME/demo-keys.env"
  elif [ -n "$(recorded_url redis)" ]; then
    say "There are no demo keys here. If the data set of this Redis is new, ./trek init initialises it and makes them."
  fi
}
