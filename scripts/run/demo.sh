# shellcheck shell=bash
# What is the same however it was started: the address, the demo users, and the check.

# NAME:PASSWORD of each, from the site's own settings.
demo_users() {
  awk '$2 == "name:" { name = $3 } $1 == "password:" && name != "" { print name ":" $2; name = "" }' \
    gateway/src/main/resources/application.yaml
}

tell() {
  local user
  say ""
  say "  http://localhost:$page_port"
  say ""
  for user in $(demo_users); do say "  sign in as ${user%%:*} with the password ${user#*:}"; done
  say "  two browsers, two visitors, one room; Ctrl-C ends it"
  say ""
}

# run_check SOCKET_URL...: two visitors on two nodes; the addresses are asked in turn until two nodes have answered.
run_check() {
  local users
  users=$(demo_users | head -n 2)
  # shellcheck disable=SC2086
  step "$java" scripts/run/Check.java "http://localhost:$page_port" $users "$@"
}
