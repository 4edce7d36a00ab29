# shellcheck shell=bash
# The two programs as jars, and each unpacked with a cache of its loaded classes, which halves the time to start.

built() {
  local jar
  for jar in gateway/target/gateway-*.jar.original ws-service/target/ws-service-*-exec.jar; do
    [ -e "$jar" ] || return 1
  done
}

# The time of the boot jars' files is fixed for the sake of reproducible builds; those of their plain halves are true.
newer_sources() {
  local plain
  for plain in gateway/target/gateway-*.jar.original $(library_jar); do
    find pom.xml {channel-layer,gateway,ws-service}/pom.xml {channel-layer,gateway,ws-service}/src/main clients/js \
      -type f -newer "$plain" -not -path '*/node_modules/*' -not -path '*/test/*' -print
  done | head -n 1
}

library_jar() { find ws-service/target -maxdepth 1 -name 'ws-service-*.jar' -not -name '*-exec.jar' -not -name '*-tests.jar'; }

build() {
  # shellcheck source=/dev/null
  . .mvn/jdk.sh
  java=$JAVA_HOME/bin/java
  if built && [ -z "$(newer_sources)" ] && [ -n "$(redis_jar)" ]; then return; fi
  say "building with the JDK in $JAVA_HOME; the first time this fetches what it needs"
  mkdir -p .run
  local log=.run/build.log started
  started=$(now_ms)
  : >.run/build-started
  step maven "$log" || {
    grep -E '^\[(ERROR|FATAL)\]' "$log" | head -n 20 | prefixed build >&2 || tail -n 20 "$log" | prefixed build >&2
    fail "the build failed; all it said is in $log"
  }
  touch -r .run/build-started gateway/target/gateway-*.jar.original "$(library_jar)"
  say "built in $(seconds_since "$started")"
}

maven() {
  {
    ./mvnw -B -DskipTests -Dsidestream.quick=true -Dspotless.check.skip=true -pl gateway,ws-service -am package
    [ -n "$(redis_jar)" ] || ./mvnw -B -N dependency:copy@redis-server
  } </dev/null 2>&1 | tee "$1" | maven_progress
}

maven_progress() {
  local line fetched=0
  while IFS= read -r line; do
    case $line in
      *'] Building '*'['*) say "  ${line#*Building }" ;;
      *'Downloaded from '*)
        fetched=$((fetched + 1))
        [ $((fetched % 100)) -ne 0 ] || say "  $fetched files fetched"
        ;;
    esac
  done
}

# Unpacks both jars, once per content, so that running ones are not changed under their feet, and lets each start once
# to note which classes it loads: with them at hand it starts in half the time. Sets gateway_jar and node_jar.
unpack() {
  gateway_jar=$(place_of gateway gateway/target/gateway-*[0-9].jar)
  node_jar=$(place_of ws-service ws-service/target/ws-service-*-exec.jar)
  [ -e "$(dirname "$gateway_jar")/ready" ] && [ -e "$(dirname "$node_jar")/ready" ] && return
  say "preparing a quick start, once per build"
  step unpack_both || fail "the jars could not be unpacked"
}

place_of() {
  local sum
  sum=$(cksum <"$2")
  echo "$root/.run/apps/$1-${sum%% *}/$1.jar"
}

unpack_both() {
  unpack_one "$gateway_jar" gateway/target/gateway-*[0-9].jar &
  local other=$! status=0
  unpack_one "$node_jar" ws-service/target/ws-service-*-exec.jar || status=1
  wait "$other" && return "$status"
}

unpack_one() {
  local jar=$1 folder
  folder=$(dirname "$jar")
  [ ! -e "$folder/ready" ] || return 0
  rm -rf "$folder"
  "$java" -Djarmode=tools -jar "$2" extract --destination "$folder" >/dev/null || return 1
  mv "$folder"/*.jar "$jar"
  # A start without the archive is only slower, so a failure here is none.
  "$java" "${jvm[@]}" "-XX:ArchiveClassesAtExit=${jar%.jar}.jsa" -Dspring.context.exit=onRefresh -jar "$jar" \
    >"$folder/training.log" 2>&1 || :
  : >"$folder/ready"
}
