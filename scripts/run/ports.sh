# shellcheck shell=bash
# Which ports are free, and talking to one of them with bash alone.

is_port() { [[ $1 =~ ^[0-9]{1,5}$ ]] && [ "$1" -ge 1 ] && [ "$1" -le 65535 ]; }

# By a program on either address that "localhost" stands for: browsers try both.
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || (exec 3<>"/dev/tcp/::1/$1") 2>/dev/null; }

chosen_ports=' '
chosen_here() { [[ $chosen_ports == *" $1 "* ]]; }

# Sets the variable named $1 to port $3, or to the next free one above it, which it then says. $2 is what it is for.
# Until something listens there it is claimed, so that no other ./run that starts now chooses it too.
choose_port() {
  local wanted=$3 candidate=$3
  while chosen_here "$candidate" || port_taken "$candidate" || ! claim_port "$candidate"; do
    candidate=$((candidate + 1))
    [ "$candidate" -le 65535 ] || fail "no free port for $2 from $wanted up"
  done
  [ "$candidate" = "$wanted" ] || say "port $wanted is taken; $2 gets $candidate"
  chosen_ports+="$candidate "
  printf -v "$1" %s "$candidate"
}

# Prints the status of GET $2 on port $1 of this machine; nothing when nobody answers within two seconds.
http_status() {
  local line=''
  {
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
    read -r -t 2 line <&3 || :
  } 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1" || :
  set -- $line
  echo "${2-}"
}

answers_ok() { [ "$(http_status "$1" "$2")" = 200 ]; }

# The page may redirect to the login: anything but a server's error will do.
answers_page() { [[ $(http_status "$1" /) =~ ^[234] ]]; }

# Whether the Redis on port $1 is process $2.
answers_as_process() {
  local line=''
  {
    printf 'INFO server\r\nQUIT\r\n' >&3
    while read -r -t 2 line <&3 && [[ $line != process_id:* ]]; do :; done
  } 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1" || :
  [[ $line == process_id:$2[[:space:]]* || $line == "process_id:$2" ]]
}
