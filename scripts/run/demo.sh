# shellcheck shell=bash
# What is the same however it was started: the address, the demo users, and the check.

tell() {
  say ""
  say "  http://localhost:$page_port"
  say ""
  say "  sign in as alice, bob or carol; the password is the name. Two browsers, two users, one room."
  say "  $1"
  say ""
}

check_users=(alice:alice bob:bob)

# run_check SOCKET_URL...: two users on two nodes; the addresses are asked in turn until two nodes have answered.
run_check() {
  step "$java" scripts/run/Check.java "http://localhost:$page_port" "${check_users[@]}" "$@"
}
