#!/bin/sh
# try.sh PACKAGE.deb: installs it on a new Debian system in a folder, with what it depends on and
# nothing else, and runs it there, as another user. Needs root and debootstrap.
set -eu

package=$1
root=$(mktemp -d)
chmod 755 "$root" # it is the root folder of another user, too
trap 'umount "$root/proc" 2>/dev/null; rm -rf "$root"' EXIT
suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
debootstrap --variant=minbase "$suite" "$root" >"$root.log" 2>&1 || {
    tail -5 "$root.log"
    exit 1
}
rm -f "$root.log"
mount -t proc proc "$root/proc"
cp "$package" "$root/docbao.deb"
inside() {
    chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"
}
inside apt-get -q -y --no-install-recommends install /docbao.deb >"$root/install.log" 2>&1 || {
    tail -5 "$root/install.log"
    exit 1
}
inside useradd -m listener
cat >"$root/home/listener/bai.txt" <<'END'
Xã Đông Xuân họp

Ngày 15/5/2016, UBND xã Đông Xuân họp về KT-XH.
END
as_listener() {
    inside su listener -c "cd && $*"
}
as_listener 'docbao --version'
as_listener 'docbao text bai.txt' | grep -q 'ủy ban nhân dân xã' || {
    echo "the installed program does not read"
    exit 1
}
as_listener 'docbao play --device null --ui plain bai.txt'
as_listener 'docbao save bai.txt -o bai.wav && docbao save --profile podcast bai.txt -o bai.mp3 && ls -l bai.wav bai.mp3'
inside apt-get -q -y remove docbao >/dev/null
[ ! -e "$root/usr/bin/docbao" ]
[ -z "$(find "$root/usr/lib" -name "docbao*")" ]
echo "installed, run and removed on a new $suite"
