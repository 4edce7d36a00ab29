# shellcheck shell=bash
# Which Maven modules there are, read from the poms of the current folder, so that a new one is left out nowhere.

# Those that a user starts. Everything that ships is one of them or a part of them.
programs=(gateway ws-service)

# Each in a line. Fails when there is none.
modules() { sed -n 's|.*<module>\(.*\)</module>.*|\1|p' pom.xml | grep .; }

# The programs, and the modules whose names stand as a dependency in the pom of one that counts already.
shipped_modules() {
  local all found=" ${programs[*]} " before='' module user
  all=$(modules) || return 1
  while [ "$found" != "$before" ]; do
    before=$found
    for module in $all; do
      for user in $before; do
        [[ $found != *" $module "* ]] || break
        if grep -q "<artifactId>$module</artifactId>" "$user/pom.xml"; then found+="$module "; elif [ $? -gt 1 ]; then return 1; fi
      done
    done
  done
  # shellcheck disable=SC2086
  printf '%s\n' $found
}
