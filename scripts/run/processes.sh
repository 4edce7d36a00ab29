# shellcheck shell=bash
# Starting processes and being sure that they end: on Ctrl-C, on SIGTERM, when a start fails half way, and when ./run
# itself is killed so that it can do nothing any more.

names=()
pids=()
warden=''
state=''
keep_state=yes
on_exit_also=:

# Every process gets a group of its own ("set -m"), so that Ctrl-C reaches ./run alone, which then ends them in order.
# File descriptor 9 is the warden's and must not leak into them.
in_group_of_its_own() {
  set -m
  "$@" 9>&- &
  set +m
}

# start NAME COMMAND...: in the background, its output in the log file and, unless checking, prefixed on the terminal.
start() {
  local name=$1
  shift
  mkdir -p "$state/logs"
  in_group_of_its_own logged "$name" "$@"
  names+=("$name")
  pids+=($!)
  echo "$! $name" >>"$state/processes"
}

logged() {
  local name=$1
  shift
  if [ "$check" = yes ]; then
    exec "$@" </dev/null >"$state/logs/$name.log" 2>&1
  else
    exec "$@" </dev/null > >(exec 9>&-; tee "$state/logs/$name.log" | prefixed "$name") 2>&1
  fi
}

# Runs a command that takes a while so that a signal ends it and us at once; bash would else wait for its end first.
step() {
  local status=0
  in_group_of_its_own "$@"
  local pid=$!
  names+=(step)
  pids+=("$pid")
  [ -z "$state" ] || echo "$pid step" >>"$state/processes"
  wait "$pid" || status=$?
  unset "names[${#names[@]}-1]" "pids[${#pids[@]}-1]"
  # Another process may get its number, which the warden must not end.
  if [ -n "$state" ]; then
    sed "/^$pid step\$/d" "$state/processes" >"$state/processes.new"
    mv "$state/processes.new" "$state/processes"
  fi
  return "$status"
}

alive() { kill -0 "$1" 2>/dev/null; }

# await NAME PID SECONDS TEST...: until the test succeeds. Fails with the end of the log when the process ends first: also
# when the test succeeds all the same, since it is another program then that answers.
await() {
  local name=$1 pid=$2 began=$SECONDS deadline=$((SECONDS + $3))
  shift 3
  until "$@"; do
    alive "$pid" || give_up "$name ended before it was ready"
    [ "$SECONDS" -lt "$deadline" ] || give_up "$name was not ready in time"
    mention "$began" "waiting for $name"
    sleep 0.1
  done
  alive "$pid" || give_up "$name ended, and another program answers in its place"
}

# Whatever answered: the processes that were started here must all still run.
all_must_run() {
  local i
  for i in "${!pids[@]}"; do
    alive "${pids[i]}" || give_up "${names[i]} ended; stopping the rest"
  done
}

give_up() {
  warn "$1"
  [ "$check" = yes ] || exit 1
  warn "the last lines of each log:"
  local log
  for log in "$state"/logs/*.log; do
    [ -e "$log" ] || continue
    tail -n 15 "$log" | prefixed "$(basename "$log" .log)" >&2
  done
  exit 1
}

stop_everything_at_exit() {
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  trap stop_everything EXIT
}

# Nodes first, so that they can say goodbye through nginx; Redis last. A second Ctrl-C asks nobody any more.
stop_everything() {
  local status=$?
  trap - EXIT
  trap kill_everything INT TERM HUP
  [ ${#pids[@]} -eq 0 ] || [ "$check" = yes ] || say "stopping"
  ask_to_end 'step|gateway|ws-[0-9]+' 30
  ask_to_end 'nginx' 5
  ask_to_end '.*' 10
  kill_everything
  "$on_exit_also" || :
  [ -z "$warden" ] || kill -KILL "$warden" 2>/dev/null || :
  if [ -n "$state" ]; then
    rm -f "$state/processes" "$state/alive" "$state/token-secret"
    [ "$keep_state" = yes ] || rm -rf "$state"
  fi
  give_claims_back
  exit "$status"
}

# Asks the processes whose names match the pattern to end, and waits for them, so many seconds in all.
ask_to_end() {
  local i deadline=$((SECONDS + $2)) asked=()
  for i in ${pids[@]+"${!pids[@]}"}; do
    [[ ${names[i]} =~ ^($1)$ ]] || continue
    kill -TERM "${pids[i]}" 2>/dev/null || continue
    asked+=("${pids[i]}")
  done
  for i in ${asked[@]+"${asked[@]}"}; do
    while alive "$i" && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.05; done
  done
}

kill_everything() {
  local pid
  for pid in ${pids[@]+"${pids[@]}"}; do
    kill -KILL -- "-$pid" 2>/dev/null || :
    { wait "$pid" || :; } 2>/dev/null
  done
}

# A small process of its own that outlives a kill -9 of ./run: it waits on a pipe that only ./run holds open, and when
# that closes it ends what is still noted as running.
start_warden() {
  rm -f "$state/alive"
  mkfifo "$state/alive"
  exec 9<>"$state/alive"
  : >"$state/processes"
  in_group_of_its_own watch_over "$state/alive" "$state/processes"
  warden=$!
  disown "$warden"
}

watch_over() {
  local pid rest
  trap '' INT TERM HUP
  exec </dev/null >/dev/null 2>&1
  read -r rest <"$1" || :
  while read -r pid rest; do kill -TERM "$pid" || :; done <"$2"
  sleep 3
  while read -r pid rest; do kill -KILL -- "-$pid" || :; done <"$2"
  rm -f "$1" "$2" "$2.new"
}
