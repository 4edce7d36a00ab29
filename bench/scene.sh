# Sourced by run and pairs in the root of the checkout: builds what measures, and sets the scene for it.
# shellcheck shell=sh
# shellcheck source=.mvn/jdk.sh
. .mvn/jdk.sh
build=bench/target

# Builds this checkout's service, its benchmarks and the load generator, unless they are newer than all sources.
prepare() {
  if [ ! -e "$build/built" ] || [ -n "$(find pom.xml bench/pom.xml bench/src bench/generator \
    channel-layer/pom.xml channel-layer/src/main sessions/pom.xml sessions/src/main ws-service/pom.xml ws-service/src/main \
    -newer "$build/built" -print -quit)" ]; then
    command -v gcc >/dev/null || { echo "bench needs gcc for the load generator" >&2; exit 1; }
    echo "building" >&2
    ./mvnw -B -ntp -q -pl bench -am -DskipTests package
    gcc -std=gnu11 -O2 -Wall -Wextra -o "$build/generator" bench/generator/*.c
    touch "$build/built"
  fi
  # shellcheck disable=SC3045 # dash and bash, which /bin/sh is on Linux, know both
  ulimit -n "$(ulimit -Hn)"
  classpath="$build/classes:$(cat "$build/classpath")"
  java=$JAVA_HOME/bin/java
}

# A namespace has no filters, no connection tracking, and its own choice of congestion control: the usual BBR paces loopback.
# shellcheck disable=SC2016 # the inner shell expands it
namespace='ip link set lo up
sysctl -qw net.ipv4.tcp_congestion_control=reno net.core.somaxconn=16384 2>/dev/null || :
exec "$@"'

# Becomes the program that measures: its class and its arguments.
measure() {
  set -- -Xmx256m --enable-native-access=ALL-UNNAMED -cp "$classpath" "$@"
  if [ "$(id -u)" = 0 ] && command -v ip >/dev/null && unshare -n true 2>/dev/null; then
    exec unshare -n sh -c "$namespace" bench "$java" "-Dsidestream.bench.network=network namespace of its own" "$@"
  else
    exec "$java" "-Dsidestream.bench.network=plain loopback" "$@"
  fi
}
