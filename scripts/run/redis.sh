# shellcheck shell=bash
# A real Redis: the server inside the embedded-redis jar, which the build fetches from Maven Central.

redis_jar() { find target/redis-server -name 'embedded-redis-*.jar' 2>/dev/null | head -n 1; }

# Sets redis_server to the path of the program for this machine.
unpack_redis() {
  local system machine jar entry
  system=$(uname -s | tr '[:upper:]' '[:lower:]')
  case $(uname -m) in
    x86_64 | amd64) machine=amd64 ;;
    aarch64 | arm64) machine=arm64 ;;
    *) machine=386 ;;
  esac
  redis_server=$root/.run/redis/redis-server-$system-$machine
  [ ! -x "$redis_server" ] || return 0
  mkdir -p .run/redis
  jar=$root/$(redis_jar)
  entry=$("$JAVA_HOME/bin/jar" tf "$jar" | grep -E "^redis-server-.*-$system-$machine$" | head -n 1) \
    || fail "no Redis for $system on $machine comes with the build; use --compose"
  (cd .run/redis && "$JAVA_HOME/bin/jar" xf "$jar" "$entry" && chmod +x "$entry" && mv "$entry" "$redis_server")
}

# Sessions and rooms must survive a restart (append-only file), and none may be dropped silently when memory is short.
start_redis() {
  mkdir -p "$state/redis"
  start redis "$redis_server" --bind 127.0.0.1 --port "$redis_port" --dir "$state/redis" --save '' \
    --appendonly yes --appendfsync everysec --maxmemory-policy noeviction --loglevel warning
}
