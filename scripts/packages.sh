# The distribution's packages, unpacked below TREK_HOME: no root, nothing installed on the system.
# shellcheck shell=bash

PACKAGES_LOG=$TREK_HOME/logs/packages.log

# apt with its lists and downloads under TREK_HOME: needs no root and changes nothing on the system.
private_apt() { # program arguments…
  local program=$1 apt=$TREK_HOME/tools/apt
  shift
  "$program" -o Dir::State="$apt/state" -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$apt/cache" \
    -o Debug::NoLocking=1 -o APT::Sandbox::User="$(id -un)" "$@"
}

# Reads the package lists anew. On failure, here and below, UNPACK_FAILURE says why.
open_private_apt() {
  local apt=$TREK_HOME/tools/apt
  UNPACK_FAILURE='this system has no apt-get'
  command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
  rm -rf "$apt"
  mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial"
  progress "reading the package lists"
  UNPACK_FAILURE="apt-get update failed, see $(shown "$PACKAGES_LOG")"
  private_apt apt-get update >"$PACKAGES_LOG" 2>&1
}

close_private_apt() { rm -rf "$TREK_HOME/tools/apt"; }

# The version the distribution offers for a package, without epoch; nothing where it offers none.
offered_version() { private_apt apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9]*:\)\{0,1\}\([0-9][0-9.]*\).*/\2/p'; }

# Unpacks a package into <directory>/root, with what an installation would add here, libraries included; the C library
# is never taken from elsewhere.
unpack_package() { # directory package
  local apt=$TREK_HOME/tools/apt package packages
  progress "downloading $2 $(offered_version "$2")"
  packages=$(private_apt apt-get install --simulate --no-install-recommends "$2" 2>>"$PACKAGES_LOG" |
    sed -n 's/^Inst \([^ ]*\) .*/\1/p' | grep -v '^libc6$\|^libc-bin$')
  UNPACK_FAILURE="the package $2 could not be downloaded, see $(shown "$PACKAGES_LOG")"
  # shellcheck disable=SC2086 # names of packages, without spaces
  (cd "$apt" && rm -f ./*.deb && private_apt apt-get download ${packages:-$2}) >>"$PACKAGES_LOG" 2>&1 || return 1
  UNPACK_FAILURE="the package $2 could not be unpacked, see $(shown "$PACKAGES_LOG")"
  # dpkg makes the last directory of a path and no other.
  mkdir -p "$1/root"
  for package in "$apt"/*.deb; do
    dpkg -x "$package" "$1/root" >>"$PACKAGES_LOG" 2>&1 || return 1
  done
  clear_progress
}

# An executable that behaves as an unpacked program, with the unpacked libraries, found beside it.
write_wrapper() { # directory name program…: the wrapper's name, and the names the program may go by
  local directory=$1 name=$2 program='' libraries
  shift 2
  while [ $# -gt 0 ] && [ -z "$program" ]; do
    program=$(cd "$directory" && find root/usr/bin -name "$1" | head -n 1)
    shift
  done
  # shellcheck disable=SC2016 # the wrapper expands it
  libraries=$(cd "$directory" && find root -name '*.so*' | sed 's|/[^/]*$||; s|^|$here/|' | sort -u | tr '\n' ':')
  libraries=${libraries%:}
  [ -n "$program" ] || return 1
  cat >"$directory/$name" <<WRAPPER
#!/bin/sh
here=\$(cd "\$(dirname "\$0")" && pwd)
export LD_LIBRARY_PATH="$libraries\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
exec "\$here/$program" "\$@"
WRAPPER
  chmod +x "$directory/$name"
}
