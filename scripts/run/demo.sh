# shellcheck shell=bash
# What is the same however it was started: the address, the demo users, their tokens, and the check.

# NAME:PASSWORD of each, from the site's own settings.
demo_users() {
  awk '$2 == "name:" { name = $3 } $1 == "password:" && name != "" { print name ":" $2; name = "" }' \
    gateway/src/main/resources/application.yaml
}

# Makes the secret of this start, with which tokens are signed, and hands it to the nodes through their environment.
make_token_secret() {
  (umask 077 && head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$state/token-secret")
  token_settings=(SIDESTREAM_SESSION_RESOLVERS=spring,jwt "SIDESTREAM_SESSION_JWT_SECRETS=$(cat "$state/token-secret")")
}

# A JSON Web Token as a site would give one to its user. The demo must be running.
demo_token() {
  local user=$1 secret head body
  if [ -z "$(claimants .run/demo owner)" ] || [ ! -r .run/demo/token-secret ]; then
    fail "it does not run; tokens are signed with a secret of the running one"
  fi
  demo_users | grep -q "^$user:" || fail "there is no user '$user'; it has $(demo_users | sed 's/:.*//' | paste -sd ' ' -)"
  command -v openssl >/dev/null || fail "signing a token takes openssl, which is not installed"
  secret=$(cat .run/demo/token-secret)
  head=$(printf '{"alg":"HS256"}' | base64_of_url)
  body=$(printf '{"sub":"%s","preferred_username":"%s","exp":%d}' "$user" "$user" $(($(date +%s) + 3600)) | base64_of_url)
  printf '%s.%s.%s\n' "$head" "$body" \
    "$(printf %s "$head.$body" | openssl dgst -sha256 -hmac "$secret" -binary | base64_of_url)"
}

base64_of_url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

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
