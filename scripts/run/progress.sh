# shellcheck shell=bash
# What takes long says how far it is, on a terminal and elsewhere.

# reporting WHERE LOG COMMAND...: the command's output goes to the end of the log. WHERE is a function that reads in the log what is
# being done: that is said when it changed, though not more often than every three seconds, and else every ten. Status: the command's.
reporting() {
  local where=$1 log=$2 now said='' began=$SECONDS last=$SECONDS pause
  shift 2
  "$@" >>"$log" 2>&1 &
  local command=$!
  while alive "$command"; do
    sleep 0.5
    now=$("$where" "$log")
    if [ "$now" = "$said" ]; then pause=10; else pause=3; fi
    [ $((SECONDS - last)) -ge "$pause" ] || continue
    last=$SECONDS
    said=$now
    say "$(printf '%4d s: %s' $((SECONDS - began)) "$now")"
  done
  wait "$command"
}

# The step of an image's build. The classic builder and Podman count steps; BuildKit numbers them and names the stage.
image_step() {
  awk '
    /^Building / { image = $2 ", " }
    /^(Step|STEP) [0-9]+\/[0-9]+ ?: / { sub(/^(Step|STEP) /, "step "); sub(/ ?:/, ":"); step = image $0 }
    /^#[0-9]+ \[/ { sub(/^#[0-9]+ \[/, ""); sub(/\]/, ":"); step = $0 }
    END { print substr(step == "" ? "beginning" : step, 1, 90) }' "$1"
}

# The container that was dealt with last.
container_step() {
  sed -nE 's/ *$//; s/^ *//; /^(Creating|Recreating|Starting|Container|Network|Volume) /p' "$1" | tail -n 1 | grep . || echo "beginning"
}

# The module that Maven is at, and how many files it has fetched.
maven_step() {
  awk '
    /\] Building .*\[[0-9]+\/[0-9]+\]/ { sub(/.*\] Building /, ""); gsub(/  +/, " "); module = $0 }
    /Downloaded from / { fetched++ }
    END { print (module == "" ? "Maven begins" : module) (fetched ? ", " fetched " files fetched" : "") }' "$1"
}

nothing_said() { echo "still at it"; }
