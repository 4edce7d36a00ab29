# shellcheck shell=bash
# What ./run tells its user.

say() { printf 'run     | %s\n' "$*"; }

warn() { printf 'run     | %s\n' "$*" >&2; }

# mention SECONDS WHAT...: for loops that wait, with when they began. Says it every ten seconds; the first time ten seconds after that.
mention() {
  local began=$1 passed=$((SECONDS - $1))
  shift
  if [ "${mentioned_of-}" != "$began" ]; then
    mentioned_of=$began
    mentioned=0
  fi
  [ $((passed - mentioned)) -ge 10 ] || return 0
  mentioned=$passed
  say "$(printf '%4d s: %s' "$passed" "$*")"
}

fail() {
  warn "$*"
  exit 1
}

# Reads lines and prints them with the name of the process in front; names are padded so that the lines stand below each
# other. Ends with its input.
prefixed() {
  local name=$1 line
  while IFS= read -r line || [ -n "$line" ]; do printf '%-7s | %s\n' "$name" "$line"; done
}

# Milliseconds since some moment that does not move. EPOCHREALTIME is bash 5's; older ones (macOS) count whole seconds.
now_ms() {
  local now=${EPOCHREALTIME-}
  if [ -n "$now" ]; then
    now=${now/[.,]/}
    echo $((now / 1000))
  else
    echo $((SECONDS * 1000))
  fi
}

seconds_since() {
  local ms=$(($(now_ms) - $1))
  printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}
