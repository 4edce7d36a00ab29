# shellcheck shell=bash
# What only one ./run may have at a time: a port, the demo's data, the building. A claim is a file NAME.PID that says when
# that process began, so that the claim of a dead one counts for nothing, even when another process got its number since.
# Whoever claims writes first and looks then: of two who do so at the same time at least one sees the other.

claims=()
# Of this user on this machine, whichever clone it is.
ports_folder=${TMPDIR:-/tmp}/sidestream-ports-$UID

# Prints when a process began, in whatever unit; nothing when there is none.
began() {
  local stat boot=''
  if [ -r /proc/self/stat ]; then
    { read -r stat <"/proc/$1/stat" && read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null || return 0
    # The name in brackets may hold anything; the time is the twentieth word behind it.
    read -r -a stat <<<"${stat##*) }"
    echo "${stat[19]}-$boot"
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_' || :
  fi
}

# Prints the processes that have claimed $2 in folder $1 and live.
claimants() {
  local file pid mark
  for file in "$1/$2".[0-9]*; do
    pid=${file##*.}
    mark=$(cat "$file" 2>/dev/null || :)
    [ -e "$file" ] || continue
    if [ "$mark" = "$(began "$pid")" ] && [ -n "$mark" ]; then
      echo "$pid"
    elif [ -n "$mark" ]; then
      rm -f "$file"
    fi
  done
}

# claim FOLDER NAME: fails when another has it. Two who ask at once both step back, and ask again after different times.
claim() {
  local mine=$1/$2.$$ attempt
  for attempt in 1 2 3 4; do
    # Under its name only when complete.
    began $$ >"$1/.$$" && mv "$1/.$$" "$mine"
    if [ "$(claimants "$1" "$2")" = $$ ]; then
      claims+=("$mine")
      return 0
    fi
    rm -f "$mine"
    [ "$attempt" = 4 ] || sleep "0.0$((RANDOM % 90 + 10))"
  done
  return 1
}

# In the folder of whoever may not write there nothing can be claimed, which then is no reason not to start.
claim_port() {
  [ -d "$ports_folder" ] || mkdir -m 700 "$ports_folder" 2>/dev/null || :
  [ -O "$ports_folder" ] && [ -w "$ports_folder" ] || return 0
  claim "$ports_folder" "$1"
}

# One at a time in this clone until let_others_prepare: two builds would write the same files.
prepare_alone() {
  local told=no
  mkdir -p .run
  until claim .run preparing; do
    [ "$told" = yes ] || say "waiting for process $(claimants .run preparing | head -n 1), which builds in this folder"
    told=yes
    sleep 0.5
  done
}

let_others_prepare() { rm -f ".run/preparing.$$"; }

give_claims_back() { [ ${#claims[@]} -eq 0 ] || rm -f "${claims[@]}"; }
