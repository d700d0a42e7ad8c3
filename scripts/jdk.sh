# Finds a JDK that can build and run Trek Point.
# shellcheck shell=bash

JDK_FLOOR=25

# The major version of the JDK in a directory; nothing where there is none (a JRE has no javac).
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# Directories of JDKs, one a line, in the usual places of Linux, macOS, SDKMAN, Homebrew and IDEs.
usual_jdks() {
  local sdkman=${SDKMAN_DIR:-${HOME:-}/.sdkman} home
  [ ! -x /usr/libexec/java_home ] || /usr/libexec/java_home -v "$JDK_FLOOR+" 2>/dev/null
  for home in /usr/lib/jvm/* "$sdkman"/candidates/java/* \
    {/opt/homebrew,/usr/local,/home/linuxbrew/.linuxbrew}/opt/openjdk*/libexec{,/openjdk.jdk/Contents/Home} \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.jdks/* /opt/java/* /opt/jdk*; do
    [ ! -d "$home" ] || printf '%s\n' "$home"
  done
}

# Exports JAVA_HOME: the caller's if it is new enough, else java's on the PATH, else of the usual places
# the one that comes closest to the release the sources are written for.
find_jdk() {
  local home version best='' best_version=''
  version=$(jdk_version "${JAVA_HOME:-/nowhere}") && [ "${version:-0}" -ge $JDK_FLOOR ] && export JAVA_HOME && return
  # An installed java may be a stub or a link: it knows its own home best.
  home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  version=$(jdk_version "${home:-/nowhere}")
  if [ "${version:-0}" -lt $JDK_FLOOR ]; then
    while IFS= read -r home; do
      version=$(jdk_version "$home")
      [ "${version:-0}" -ge $JDK_FLOOR ] || continue
      [ -n "$best" ] && [ "$version" -ge "$best_version" ] || best=$home best_version=$version
    done <<JDKS
$(usual_jdks)
JDKS
    home=$best
  fi
  [ -n "$home" ] || fail "no JDK $JDK_FLOOR or newer was found (JAVA_HOME, java on the PATH, and the usual places).
  Debian, Ubuntu: a package of https://adoptium.net/installation/linux   macOS: brew install openjdk@$JDK_FLOOR   anywhere: sdk install java $JDK_FLOOR-tem"
  export JAVA_HOME=$home
}
