# shellcheck shell=bash
# Everything as processes of this machine.

run_embedded() {
  choose_state
  start_warden
  prepare_alone
  build
  unpack_redis
  find_nginx
  unpack
  let_others_prepare
  choose_ports
  local started
  started=$(now_ms)
  start_redis
  start_gateway
  start_nodes
  [ -z "$nginx" ] || start_nginx
  await_health
  all_must_run
  say "healthy after $(seconds_since "$started")"
  if [ "$check" = yes ]; then
    run_check "${socket_urls[@]}" || give_up "the check failed"
    all_must_run
    return
  fi
  tell
  wait_for_an_end
}

# A check leaves nothing behind and does not disturb what runs already; the demo keeps its data for the next time.
choose_state() {
  mkdir -p .run
  if [ "$check" = yes ]; then
    state=$(mktemp -d "$root/.run/check.XXXXXX")
    keep_state=no
    return
  fi
  mkdir -p .run/demo
  claim .run/demo owner \
    || fail "it runs already, as process $(claimants .run/demo owner | head -n 1); end that one first, or use --check"
  state=$root/.run/demo
  # Of the one before, if it was killed.
  rm -f "$state/token-secret"
}

choose_ports() {
  choose_port redis_port "Redis" 6379
  # Without nginx the page is the site's own port.
  if [ -n "$nginx" ]; then choose_port gateway_port "the site" 8080; else choose_port gateway_port "the page" "$wanted_port"; fi
  choose_port gateway_management "the site's health" 9080
  local port management
  choose_port port "node 1" 8081
  choose_port management "node 1's health" 9081
  node_ports=("$port")
  node_managements=("$management")
  choose_port port "node 2" 8082
  choose_port management "node 2's health" 9082
  node_ports+=("$port")
  node_managements+=("$management")
  if [ -n "$nginx" ]; then
    choose_port page_port "the page" "$wanted_port"
    socket_urls=("ws://localhost:$page_port")
    websocket_origin=''
  else
    page_port=$gateway_port
    socket_urls=("ws://localhost:${node_ports[0]}" "ws://localhost:${node_ports[1]}")
    websocket_origin=${socket_urls[0]}
    say "no nginx: the page talks to node 1 at port ${node_ports[0]} directly, which the cookie allows"
  fi
}

# Where site and nodes say that they are ready: an address of this run alone, so that nobody else's can answer for them.
ready=/actuator/health/run$$
# For a quick start and little memory, not for load.
jvm=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx384m)
common=(--spring.data.redis.host=127.0.0.1 --server.address=127.0.0.1 --management.server.address=127.0.0.1
  --management.endpoint.health.probes.enabled=true
  --spring.main.banner-mode=off
  --logging.level.root=warn --logging.level.dev.sidestream=info
  '--logging.pattern.console=%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg %kvp%n')

start_gateway() {
  start gateway "$java" "${jvm[@]}" "-XX:SharedArchiveFile=${gateway_jar%.jar}.jsa" -jar "$gateway_jar" \
    "${common[@]}" --server.port="$gateway_port" --management.server.port="$gateway_management" \
    "--management.endpoint.health.group.run$$.include=readinessState,redis" \
    --spring.data.redis.port="$redis_port" --gateway.websocket-origin="$websocket_origin"
  gateway_pid=$!
}

start_nodes() {
  local i
  node_pids=()
  make_token_secret
  for i in 0 1; do
    start "ws-$((i + 1))" env "${token_settings[@]}" "$java" "${jvm[@]}" "-XX:SharedArchiveFile=${node_jar%.jar}.jsa" -jar "$node_jar" \
      "${common[@]}" --server.port="${node_ports[i]}" --management.server.port="${node_managements[i]}" \
      "--management.endpoint.health.group.run$$.include=readinessState,log" \
      --spring.data.redis.port="$redis_port" --sidestream.node.id="ws-$((i + 1))" \
      --sidestream.origin.allowed="http://localhost:$page_port,http://127.0.0.1:$page_port"
    node_pids+=($!)
  done
}

await_health() {
  local i
  await redis "${pids[0]}" 20 answers_as_process "$redis_port" "${pids[0]}"
  await gateway "$gateway_pid" 120 answers_ok "$gateway_management" "$ready"
  for i in 0 1; do
    await "ws-$((i + 1))" "${node_pids[i]}" 120 answers_ok "${node_managements[i]}" "$ready"
  done
  [ -z "$nginx" ] || await nginx "${pids[${#pids[@]}-1]}" 20 nginx_answers
}

# Until a signal comes, or until one of the processes ends by itself, which is a failure.
wait_for_an_end() {
  while :; do
    all_must_run
    sleep 1 &
    wait $! || :
  done
}
