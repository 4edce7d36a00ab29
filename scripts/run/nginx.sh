# shellcheck shell=bash
# nginx in front, with the same configuration that the compose file mounts.

# Sets nginx to a program that runs, or leaves it empty, in which case nginx/program has said why.
find_nginx() {
  mkdir -p .run
  nginx=''
  if step nginx/program >.run/nginx-program; then nginx=$(cat .run/nginx-program); fi
  case $nginx in
    "$root"/.run/*) say "no nginx in the PATH: using the distribution's package, unpacked in .run/nginx" ;;
  esac
}

start_nginx() {
  mkdir -p "$state/nginx"
  SIDESTREAM_LISTEN=127.0.0.1:$page_port SIDESTREAM_SITE=127.0.0.1:$gateway_port \
    SIDESTREAM_NODES="${node_ports[*]/#/127.0.0.1:}" nginx/configure "$state/nginx"
  rm -f "$state/nginx/nginx.pid"
  local main='daemon off;'
  # As root the workers would become nobody, who cannot look into this folder.
  [ "$(id -u)" != 0 ] || main+=' user root;'
  start nginx "$nginx" -p "$state/nginx" -c nginx.conf -e stderr -g "$main"
}

# It writes its number when it has got its port.
nginx_answers() { [ -s "$state/nginx/nginx.pid" ] && answers_page "$page_port"; }
