# Sourced by ./mvnw and ./freshet: sets JAVA_HOME to a JDK 25 or newer, or says that there is none and leaves.
# A JDK 25 is preferred to a newer one, because the build is tested with it.

# Prints the feature release of the JDK in directory $1, or nothing where there is none.
jdk_release() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the places where JDKs live, one a line.
jdk_places() {
  printf '%s\n' "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}"
  on_path=$(command -v javac || true)
  if [ -n "$on_path" ]; then
    # Through the links that distributions make: /usr/bin/javac, /etc/alternatives/javac, the JDK.
    while [ -L "$on_path" ]; do
      target=$(readlink "$on_path")
      case $target in
        /*) on_path=$target ;;
        *) on_path=$(dirname "$on_path")/$target ;;
      esac
    done
    dirname "$(dirname "$on_path")"
  fi
  for place in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    printf '%s\n' "$place"
  done
}

find_jdk() {
  newer=
  while IFS= read -r place; do
    release=$(jdk_release "$place")
    if [ "${release:-0}" -eq 25 ]; then
      printf '%s\n' "$place"
      return
    fi
    if [ "${release:-0}" -gt 25 ] && [ -z "$newer" ]; then
      newer=$place
    fi
  done <<END
$(jdk_places)
END
  printf '%s\n' "$newer"
}

# An explicit JAVA_HOME that is new enough is taken as it is.
if [ "$(jdk_release "${JAVA_HOME:-/nowhere}" | sed 's/^$/0/')" -ge 25 ] 2>/dev/null; then
  :
else
  JAVA_HOME=$(find_jdk)
fi
if [ -z "$JAVA_HOME" ]; then
  echo "${0##*/}: no JDK 25 or newer found: install one, or set JAVA_HOME to it." >&2
  exit 1
fi
export JAVA_HOME
