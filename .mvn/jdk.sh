# Sourced by mvnw and run: exports JAVA_HOME of a JDK that can build and run Sidestream.
# Order: JAVA_HOME when it is new enough, then `javac` of the PATH, then the newest JDK in the usual folders.
# shellcheck shell=sh

sidestream_jdk_floor=21

# Prints the feature release of the JDK in $1 (25 for 25.0.1), or nothing when there is no JDK.
sidestream_jdk_release() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

sidestream_jdk_fits() {
  sidestream_found=$(sidestream_jdk_release "$1")
  [ -n "$sidestream_found" ] && [ "$sidestream_found" -ge "$sidestream_jdk_floor" ]
}

sidestream_choose_jdk() {
  if [ -n "${JAVA_HOME-}" ] && sidestream_jdk_fits "$JAVA_HOME"; then return 0; fi
  sidestream_javac=$(command -v javac || :)
  if [ -n "$sidestream_javac" ]; then
    sidestream_home=$(dirname "$(dirname "$(readlink -f "$sidestream_javac")")")
    if sidestream_jdk_fits "$sidestream_home"; then JAVA_HOME=$sidestream_home; return 0; fi
  fi
  sidestream_best=0
  case $- in *f*) sidestream_noglob=yes; set +f ;; *) sidestream_noglob=no ;; esac
  for sidestream_home in /usr/lib/jvm/* /opt/java/* "${HOME-}"/.sdkman/candidates/java/* \
    "${HOME-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    sidestream_jdk_fits "$sidestream_home" || continue
    if [ "$sidestream_found" -gt "$sidestream_best" ]; then
      sidestream_best=$sidestream_found
      JAVA_HOME=$sidestream_home
    fi
  done
  [ "$sidestream_noglob" = no ] || set -f
  [ "$sidestream_best" -gt 0 ]
}

if ! sidestream_choose_jdk; then
  echo "Sidestream needs a JDK $sidestream_jdk_floor or newer and found none." >&2
  echo "Install one, for example with 'apt-get install openjdk-21-jdk-headless', 'brew install openjdk'" >&2
  echo "or the download of https://adoptium.net, or set JAVA_HOME to it." >&2
  exit 1
fi
export JAVA_HOME
