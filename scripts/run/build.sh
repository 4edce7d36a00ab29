# shellcheck shell=bash
# The two programs as jars, and each unpacked with a cache of its loaded classes, which halves the time to start.

built() {
  local jar
  for jar in gateway/target/gateway-*.jar.original ws-service/target/ws-service-*-exec.jar; do
    [ -e "$jar" ] || return 1
  done
}

# The time of the boot jars' files is fixed for the sake of reproducible builds; those of their plain halves are true. A folder is
# newer when something in it was removed. Where that cannot be found out, it counts as newer.
newer_sources() {
  local plain module sources=(pom.xml LICENSE clients/js)
  for module in $(shipped_modules); do sources+=("$module/pom.xml" "$module/src/main"); done
  [ ${#sources[@]} -gt 3 ] || echo "no modules found"
  for plain in gateway/target/gateway-*.jar.original $(library_jar); do
    find "${sources[@]}" -newer "$plain" -not -path '*/node_modules*' -not -path '*/test/*' -print || echo "not found"
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
  : >"$log"
  step reporting maven_step "$log" maven || {
    grep -E '^\[(ERROR|FATAL)\]' "$log" | head -n 20 | prefixed build >&2 || tail -n 20 "$log" | prefixed build >&2
    fail "the build failed; all it said is in $log"
  }
  touch -r .run/build-started gateway/target/gateway-*.jar.original "$(library_jar)"
  say "built in $(seconds_since "$started")"
}

maven() {
  ./mvnw -B -DskipTests -Dsidestream.quick=true -Dsidestream.inventory=false -pl "$(IFS=, && echo "${programs[*]}")" -am package \
    </dev/null || return 1
  [ -n "$(redis_jar)" ] || ./mvnw -B -N dependency:copy@redis-server </dev/null
}

# Unpacks both jars, once per content, so that running ones are not changed under their feet, and lets each start once
# to note which classes it loads: with them at hand it starts in half the time. Sets gateway_jar and node_jar.
unpack() {
  gateway_jar=$(place_of gateway gateway/target/gateway-*[0-9].jar)
  node_jar=$(place_of ws-service ws-service/target/ws-service-*-exec.jar)
  [ -e "$(dirname "$gateway_jar")/ready" ] && [ -e "$(dirname "$node_jar")/ready" ] && return
  say "preparing a quick start, once per build"
  : >.run/unpack.log
  step reporting nothing_said .run/unpack.log unpack_both || fail "the jars could not be unpacked"
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
