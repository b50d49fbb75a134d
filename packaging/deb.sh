# SPDX-License-Identifier: EPL-2.0
# What the make-deb scripts of the modules share; sourced, not run.
#
# The caller sets project (the root folder), package, user, unit and stage (an empty folder that
# becomes the package's tree), fills the tree, then calls finish_deb.

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# The project's version as Debian orders them: a snapshot is older than its release.
deb_version() {
  sed -n 's|.*<version>\(.*\)</version>.*|\1|p' "$project/pom.xml" | head -n 1 | sed 's/-/~/g'
}

# Puts a file into the tree with a mode, its folders made: put MODE FILE /PATH
put() {
  install -D -m "$1" "$2" "$stage$3"
}

# The control scripts, the licence and the rest of the control files, then the archive itself:
# finish_deb OUTPUT ARCHITECTURE DEPENDS DESCRIPTION
finish_deb() {
  local output=$1 architecture=$2 depends=$3 description=$4 script
  put 644 "$project/LICENSE" "/usr/share/doc/$package/copyright"
  install -d -m 755 "$stage/DEBIAN"
  for script in postinst prerm postrm; do
    sed -e "s/@PACKAGE@/$package/g" -e "s/@USER@/$user/g" -e "s/@UNIT@/$unit/g" \
      "$project/packaging/debian/$script" >"$stage/DEBIAN/$script"
    chmod 755 "$stage/DEBIAN/$script"
  done
  (cd "$stage" && find etc -type f -printf '/%p\n' | sort) >"$stage/DEBIAN/conffiles"
  (cd "$stage" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$stage/DEBIAN/md5sums"
  cat >"$stage/DEBIAN/control" <<EOF
Package: $package
Version: $(deb_version)
Architecture: $architecture
Maintainer: The Mooring maintainers <maintainers@mooring.example>
Installed-Size: $(du -sk --exclude=DEBIAN "$stage" | cut -f1)
Depends: $depends
Section: net
Priority: optional
Description: $description
EOF
  chmod 644 "$stage"/DEBIAN/{conffiles,md5sums,control}
  dpkg-deb --root-owner-group -Zxz -z1 --build "$stage" "$output" >/dev/null
  echo "$output: $(stat -c %s "$output") bytes, installed $(du -sk --exclude=DEBIAN "$stage" | cut -f1) KiB"
}
