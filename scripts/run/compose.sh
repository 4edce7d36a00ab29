# shellcheck shell=bash
# Everything in containers: what `docker compose up --build` does, then waiting for its health.

compose=()

# An engine that answers and a compose command; a client alone is not enough.
engine_answers() {
  command -v docker >/dev/null && docker version >/dev/null 2>&1 || return 1
  if docker compose version >/dev/null 2>&1; then
    compose=(docker compose)
  elif command -v docker-compose >/dev/null; then
    compose=(docker-compose)
  else
    return 1
  fi
}

run_in_containers() {
  engine_answers || fail "no container engine with a compose command answers; ./run --embedded needs none"
  choose_port page_port "the page" "$wanted_port"
  export SIDESTREAM_PORT=$page_port
  choose_project
  make_token_secret
  export "${token_settings[@]}"
  start_warden
  local log=$state/logs/build.log started
  mkdir -p "$state/logs"
  rm -f "$state"/logs/{build,up}.log
  say "building the images; the first time this takes some minutes"
  started=$(now_ms)
  # BuildKit shows no steps where it may draw.
  export BUILDKIT_PROGRESS=plain
  step reporting image_step "$log" "${compose[@]}" build || compose_failed "$log"
  say "built in $(seconds_since "$started")"
  on_exit_also=take_down
  started=$(now_ms)
  log=$state/logs/up.log
  step reporting container_step "$log" "${compose[@]}" up -d || compose_failed "$log"
  await_site
  say "healthy after $(seconds_since "$started")"
  if [ "$check" = yes ]; then
    check_in_containers || compose_failed
    return
  fi
  tell
  start logs "${compose[@]}" logs -f --tail=20
  wait_for_an_end
}

# A check has containers, networks and a volume of its own and removes them; the demo keeps its volume.
choose_project() {
  choose_state
  if [ "$check" = yes ]; then export COMPOSE_PROJECT_NAME=sidestream-check-$$; fi
}

compose_failed() {
  [ $# -eq 0 ] || tail -n 30 "$1" | prefixed compose >&2
  "${compose[@]}" logs --tail=20 2>&1 | prefixed compose >&2
  fail "it did not work in containers; ./run --embedded does without them"
}

take_down() {
  local volumes=''
  [ "$check" = no ] || volumes=--volumes
  # shellcheck disable=SC2086
  "${compose[@]}" down $volumes >/dev/null 2>&1
}

# nginx starts when site and nodes are healthy, so its answer is the last thing to wait for.
await_site() {
  local began=$SECONDS
  until answers_page "$page_port"; do
    [ $((SECONDS - began)) -lt 120 ] || compose_failed
    mention "$began" "waiting for the page"
    sleep 0.1
  done
}

# With the JDK of this machine, or of the site's image where it has none.
check_in_containers() {
  if (. .mvn/jdk.sh) >/dev/null 2>&1; then
    . .mvn/jdk.sh
    java=$JAVA_HOME/bin/java
    run_check "ws://localhost:$page_port"
  else
    local users
    users=$(demo_users | head -n 2)
    # shellcheck disable=SC2086
    step docker run --rm --network host -v "$root/scripts/run:/check:ro" eclipse-temurin:25-jdk \
      java /check/Check.java "http://localhost:$page_port" $users "ws://localhost:$page_port"
  fi
}
