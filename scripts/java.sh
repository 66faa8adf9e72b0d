# Shared by ./forestall and ./dev: finds a JDK, finds Maven, and knows whether a program is built: the command line, or the server.
# Sourced, never run. Expects ROOT, the repository's directory. Plain enough for the bash 3.2 of macOS.

MINIMUM_JAVA=21

# Sets of what the program $1 is made: cli, or server. They are built apart, so that no command waits for a server it does not start.
use_program() {
  PROGRAM=$1
  STAMP="$ROOT/$1/target/built"
  JAR="$ROOT/$1/target/forestall-$1.jar"
  case "$1" in
    cli) MODULES="loop pack connectors embedded learning onnx views run cli" ;;
    server) MODULES="loop pack connectors embedded learning onnx views run value records dispatch channels server" ;;
  esac
}

# Major version of the JDK at $1 in the variable MAJOR; fails if there is none. Reads the file `release`
# where there is one, because starting Java only to ask costs more than most commands of ours.
java_major() {
  local version="" line
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
      case "$line" in JAVA_VERSION=*) version=${line#JAVA_VERSION=} ;; esac
    done <"$1/release"
  else
    version=$("$1/bin/javac" -version 2>&1) || return 1
    version=${version#javac }
  fi
  version=${version//\"/}
  version=${version#1.}
  MAJOR=${version%%[!0-9]*}
  [ -n "$MAJOR" ]
}

good_jdk() { java_major "$1" && [ "$MAJOR" -ge "$MINIMUM_JAVA" ]; }

# The directory two above the program that $1 finally links to.
home_of() {
  local program="$1" link
  while [ -L "$program" ]; do
    link=$(readlink "$program")
    case "$link" in
      /*) program=$link ;;
      *) program=${program%/*}/$link ;;
    esac
  done
  (cd "${program%/*}/.." 2>/dev/null && pwd -P)
}

# The newest good JDK among the given directories, in the variable NEWEST; fails when there is none.
newest_jdk() {
  local candidate highest=0
  NEWEST=""
  for candidate in "$@"; do
    if good_jdk "$candidate" && [ "$MAJOR" -gt "$highest" ]; then
      highest=$MAJOR
      NEWEST=$candidate
    fi
  done
  [ -n "$NEWEST" ]
}

# Sets and exports JAVA_HOME: the given one if it is good, else the `java` on the path, else the newest in the
# usual places. Explains and fails when there is none.
find_jdk() {
  local java home
  if [ -n "${JAVA_HOME:-}" ] && good_jdk "$JAVA_HOME"; then
    export JAVA_HOME
  elif java=$(command -v java) && home=$(home_of "$java") && good_jdk "$home"; then
    export JAVA_HOME="$home"
  elif newest_jdk /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; then
    export JAVA_HOME="$NEWEST"
  else
    explain_missing_jdk
    return 1
  fi
}

explain_missing_jdk() {
  {
    echo "Forestall needs a JDK, version $MINIMUM_JAVA or newer, and found none."
    if [ -n "${JAVA_HOME:-}" ]; then
      if java_major "$JAVA_HOME"; then
        echo "JAVA_HOME is $JAVA_HOME, which is version $MAJOR."
      else
        echo "JAVA_HOME is $JAVA_HOME, which holds no JDK (a JRE alone cannot compile)."
      fi
    fi
    echo "Install one, for instance:"
    echo "  Debian, Ubuntu   apt install openjdk-21-jdk-headless"
    echo "  Fedora           dnf install java-21-openjdk-devel"
    echo "  macOS            brew install openjdk@21"
    echo "  anywhere         https://adoptium.net"
    echo "If it is installed in an unusual place, set JAVA_HOME to its directory."
  } >&2
}

# Maven: the installed one, else the wrapper, which fetches it once. It never reads standard input.
find_maven() { MAVEN=$(command -v mvn) || MAVEN="$ROOT/mvnw"; }

# Java 24 and newer warn about what Maven's own libraries do; that is nobody's business here.
maven() {
  (
    cd "$ROOT" && find_maven
    if java_major "$JAVA_HOME" && [ "$MAJOR" -ge 24 ]; then
      export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
    fi
    exec "$MAVEN" "$@" </dev/null
  )
}

# Whether the program is built and nothing it is made of has changed since. A directory counts as changed
# when a file in it was added or removed.
is_fresh() {
  local module inputs=("$ROOT/pom.xml") newer
  [ -f "$STAMP" ] && [ -f "$JAR" ] || return 1
  for module in $MODULES; do
    [ -d "$ROOT/$module" ] || return 1
    inputs+=("$ROOT/$module/pom.xml")
    [ ! -d "$ROOT/$module/src/main" ] || inputs+=("$ROOT/$module/src/main")
  done
  newer=$(find "${inputs[@]}" -newer "$STAMP" -print 2>/dev/null | head -n 1) || true
  [ -z "$newer" ]
}

# Sets OPTIONS, with which Java starts the program with the command $1. An archive of loaded classes, one per Java version, halves
# the start. Java's own remarks (about that archive, for instance) never reach standard output, which belongs to the
# command. What is over in a second is compiled once and simply: the optimising compiler would cost more than it
# gives. Two collectors at once are an error, so ours gives way to one in FORESTALL_JAVA_OPTS.
program_options() {
  java_major "$JAVA_HOME"
  OPTIONS=(-Xlog:disable -XX:+DisplayVMOutputToStderr -XX:-UsePerfData)
  # A server is ended from outside, and archives are written by who ends by themselves.
  [ "$PROGRAM" = server ] \
    || OPTIONS+=(-Xshare:auto "-XX:SharedArchiveFile=$ROOT/$PROGRAM/target/forestall-java$MAJOR.jsa" -XX:+AutoCreateSharedArchive)
  # The reader of conditions in packs uses a class that Java 24 and newer warn about.
  [ "$MAJOR" -lt 24 ] || OPTIONS+=(--sun-misc-unsafe-memory-access=allow)
  case "${1:-}" in
    "" | check | help | version | -*) OPTIONS+=(-XX:TieredStopAtLevel=1) ;;
    # Customers are looked up all over the memory; with large pages that takes a fifth less. Other systems lack the option.
    *) [ "$(uname -s)" != Linux ] || OPTIONS+=(-XX:+UseTransparentHugePages) ;;
  esac
  case "${FORESTALL_JAVA_OPTS:-}" in
    *-XX:+Use*GC*) ;;
    *) OPTIONS+=(-XX:+UseSerialGC) ;;
  esac
}

# The stamp carries the time at which the build began, so that what was edited meanwhile is built again.
begin_stamp() {
  mkdir -p "${STAMP%/*}"
  : >"$STAMP.begun.$$"
}

end_stamp() { mv -f "$STAMP.begun.$$" "$STAMP"; }

# What a build does, in order. The first start after it makes the class archive, so it is done here and not when
# somebody waits for an answer; whether that command itself succeeds is of no interest.
build_steps() {
  maven -q -B -ntp -pl "$PROGRAM" -am package -Dmaven.test.skip=true || return 1
  [ "$PROGRAM" = cli ] || return 0
  program_options check
  "$JAVA_HOME/bin/java" "${OPTIONS[@]}" -jar "$JAR" check "$ROOT/packs/lending" </dev/null || true
}

# Builds what the program needs, with one line of progress, and nothing on standard output.
build_program() {
  local log="$ROOT/$PROGRAM/target/build.log" began=$SECONDS waiting status=0 what="Building Forestall"
  [ "$PROGRAM" = cli ] || what="Building Forestall's server"
  [ -f "$STAMP" ] || what="$what for the first time (a few minutes if libraries must be fetched)"
  begin_stamp
  build_steps >"$log" 2>&1 &
  waiting=$!
  trap 'stop_build "$waiting"' INT TERM
  if [ -t 2 ]; then
    while kill -0 "$waiting" 2>/dev/null; do
      printf '\r%s ... %d s' "$what" "$((SECONDS - began))" >&2
      sleep 0.5
    done
  else
    printf '%s ...' "$what" >&2
  fi
  wait "$waiting" || status=$?
  trap - INT TERM
  if [ "$status" -ne 0 ]; then
    rm -f "$STAMP.begun.$$"
    printf '\nThe build failed after %d s. The last lines of %s:\n' "$((SECONDS - began))" "$log" >&2
    tail -n 25 "$log" >&2
    return 1
  fi
  end_stamp
  [ ! -t 2 ] || printf '\r%s' "$what ..." >&2
  printf ' done in %d s.\n' "$((SECONDS - began))" >&2
}

# Ends the build and what it started; a background job does not hear Ctrl-C by itself.
stop_build() {
  local child
  for child in $(ps -A -o pid= -o ppid= | awk -v parent="$1" '$2 == parent { print $1 }'); do
    kill "$child" 2>/dev/null || true
  done
  kill "$1" 2>/dev/null || true
  rm -f "$STAMP.begun.$$"
  echo >&2
  exit 130
}

# Builds unless fresh. Two started at once: the second waits for the first, where `flock` exists; also for another program's build,
# for they share modules.
ensure_program() {
  ! is_fresh || return 0
  mkdir -p "$ROOT/$PROGRAM/target" "$ROOT/cli/target"
  if command -v flock >/dev/null 2>&1; then
    (
      flock 9
      is_fresh || build_program
    ) 9>"$ROOT/cli/target/build.lock"
  else
    build_program
  fi
}
