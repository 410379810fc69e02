#!/bin/sh
# Makes a VM image of ours of the Debian that this VM booted. It runs once, as the VM's startup script: it fetches the
# agent's package from Cloud Storage by the VM's own token, installs it, takes away what belongs to this VM alone, and
# turns the VM off. What it says on the serial console is what the console that waits goes by.
set -eu

# Tests run it below a folder of their own.
root=${PODIUM_BAKE_ROOT:-}
pause=${PODIUM_BAKE_PAUSE:-10}
metadata=http://metadata.google.internal/computeMetadata/v1/instance
deb=$root/var/tmp/podium-agent.deb

say() {
  echo "podium-bake: $1"
  if [ -w "$root/dev/ttyS0" ]; then echo "podium-bake: $1" >"$root/dev/ttyS0"; fi
}

fail() {
  say "failed: $1"
  sync
  poweroff
  exit 1
}

ask() { curl -fsS --max-time 30 -H 'Metadata-Flavor: Google' "$metadata/$1"; }

# Tries for five minutes: a right that was just given takes a while, and the first boot holds dpkg's lock.
patiently() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -ge 30 ]; then return 1; fi
    sleep "$pause"
  done
}

fetch() {
  token=$(ask service-accounts/default/token | sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p') || return 1
  [ -n "$token" ] || return 1
  curl -fsS --max-time 600 -o "$deb" -H "Authorization: Bearer $token" "$package"
}

install_package() { DEBIAN_FRONTEND=noninteractive dpkg --install "$deb"; }

package=$(ask attributes/podium-bake-package) || fail "the metadata server does not answer"
sum=$(ask attributes/podium-bake-sha256) || fail "the metadata server does not answer"

mkdir -p "$root/var/tmp"
say "fetching the package"
patiently fetch ||
  fail "the package cannot be fetched; without an external address the subnet needs Private Google Access"
echo "$sum  $deb" | sha256sum -c - >/dev/null 2>&1 || fail "the package arrived damaged"

say "installing the package"
patiently install_package || fail "dpkg did not install the package"
systemctl enable podium-agent.service || fail "the agent cannot be enabled"
systemctl stop podium-agent.service || true

say "emptying the disk of what is this VM's alone"
rm -f "$deb"
rm -rf "$root"/var/lib/private/podium-agent "$root"/var/lib/podium-agent
rm -rf "$root"/etc/ssh/ssh_host_* "$root"/root/.ssh "$root"/home/*/.ssh "$root"/root/.bash_history
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/archives/*.deb "$root"/var/cache/apt/*.bin
rm -rf "$root"/var/lib/cloud "$root"/var/lib/google/* "$root"/etc/instance_id "$root"/var/lib/systemd/random-seed
rm -rf "$root"/var/log/journal/* "$root"/var/log/*.log "$root"/var/log/*.gz "$root"/tmp/* "$root"/var/tmp/*
rm -f "$root/var/lib/dbus/machine-id"
: >"$root/etc/machine-id"
sync
say "done"
poweroff
