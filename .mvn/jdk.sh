# Sets JAVA_HOME to a JDK 25 or newer, or says what to install. Sourced by ./mvnw and ./muster.
# Looks at JAVA_HOME first, then at java on the PATH, then at the places where installers put JDKs.

muster_java_major() {
  # The release file answers without starting a JVM.
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

muster_find_jdk() {
  muster_path_java=$(command -v java 2>/dev/null) || muster_path_java=
  [ -z "$muster_path_java" ] || muster_path_java=$(readlink -f "$muster_path_java" 2>/dev/null) || muster_path_java=
  set +f
  for muster_home in "${JAVA_HOME:-}" "${muster_path_java%/bin/java}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    muster_major=$(muster_java_major "$muster_home") || continue
    if [ "${muster_major:-0}" -ge 25 ]; then
      JAVA_HOME=$muster_home
      export JAVA_HOME
      return 0
    fi
  done
  cat >&2 <<'EOF'
Muster needs a JDK 25 or newer and found none: not in JAVA_HOME, not on the PATH, not where installers put them.
Install one (for example Temurin 25 from https://adoptium.net, `apt install temurin-25-jdk`, `sdk install java 25-tem`)
or point JAVA_HOME at it.
EOF
  return 1
}

muster_find_jdk || exit 1
