#!/bin/bash
# Makes a Raspberry Pi OS Lite (Trixie, 64 bit) show the wall. Run as root, as often as you like.
#
#   install.sh [--dry-run]
#
# --dry-run says what would change and changes nothing. DESTDIR puts a folder before every file.
set -euo pipefail
umask 022

source_home=$(dirname "$(dirname "$(readlink -f "$0")")")
destination=${DESTDIR:-}
home=/usr/local/lib/kiosk
config=/boot/firmware/kiosk.toml
packages=(cage chromium wlr-randr fonts-noto-color-emoji fonts-noto-core polkitd python3)
dry_run=no
changes=0

say() { printf '%s\n' "$1"; }

# Does what it is told, or on a dry run says what it would do.
change() {
  changes=$((changes + 1))
  if [[ $dry_run == yes ]]; then
    say "would: $*"
  else
    say "doing: $*"
    "$@"
  fi
}

read_arguments() {
  local argument
  for argument in "$@"; do
    case $argument in
      --dry-run) dry_run=yes ;;
      *)
        say "usage: install.sh [--dry-run]" >&2
        exit 2
        ;;
    esac
  done
}

require_root() {
  if [[ $dry_run == no && $(id -u) != 0 ]]; then
    say "run this as root: sudo $0" >&2
    exit 1
  fi
}

is_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

install_packages() {
  local package missing=()
  for package in "${packages[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
  if ((${#missing[@]} > 0)); then
    change apt-get update
    change env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
  fi
}

# Accounts that nobody can log in to: no password, no shell.
create_users() {
  local user group
  for user in kiosk kiosk-agent; do
    if ! getent passwd "$user" >/dev/null; then
      change useradd --system --user-group --home-dir "/var/lib/$user" --no-create-home --shell /usr/sbin/nologin "$user"
    fi
  done
  for group in video render; do
    getent group "$group" >/dev/null || continue
    if [[ " $(id -nG kiosk 2>/dev/null || true) " != *" $group "* ]]; then
      change usermod --append --groups "$group" kiosk
    fi
  done
}

put() {
  local mode=$1 from=$source_home/$2 to=$destination$3
  if ! cmp -s "$from" "$to" || [[ $(stat -c %a "$to") != "$mode" ]]; then
    change install -D -m "$mode" "$from" "$to"
  fi
}

copy_files() {
  local file
  put 755 bin/launch $home/bin/launch
  for file in bin/policies.py bin/start_page.py bin/wall_address.py \
    bin/agent.py bin/agent_deeds.py bin/agent_memory.py bin/agent_server.py bin/agent_vitals.py \
    bin/devtools.py \
    chromium/flags.conf chromium/flags-low-memory.conf chromium/policies.json \
    pages/calm.css pages/start.html pages/unconfigured.html pages/waiting.html; do
    put 644 "$file" "$home/$file"
  done
  put 644 systemd/kiosk.service /etc/systemd/system/kiosk.service
  put 644 systemd/kiosk-agent.service /etc/systemd/system/kiosk-agent.service
  put 644 system/agent.rules /etc/polkit-1/rules.d/60-kiosk-agent.rules
  put 644 system/watchdog.conf /etc/systemd/system.conf.d/90-kiosk-watchdog.conf
  put 644 system/journald.conf /etc/systemd/journald.conf.d/90-kiosk.conf
  put 644 system/wifi.conf /etc/NetworkManager/conf.d/90-kiosk-wifi.conf
}

# The address on the card is the owner's: an existing file is never touched.
put_example_settings() {
  if [[ ! -e $destination$config ]]; then
    change install -D -m 644 "$source_home/kiosk.toml.example" "$destination$config"
  fi
}

write_policies() {
  local target=$destination/etc/chromium/policies/managed/kiosk.json
  local now
  now=$(python3 -B "$source_home/bin/policies.py" "$destination$config" /run/kiosk - $home)
  if [[ ! -e $target || $(cat "$target") != "$now" ]]; then
    change python3 -B "$source_home/bin/policies.py" "$destination$config" /run/kiosk "$target" $home
  fi
}

is_enabled() {
  [[ $(systemctl is-enabled "$1" 2>/dev/null || true) == enabled ]]
}

enable_units() {
  if ((changes > 0)); then
    change systemctl daemon-reload
  fi
  if is_enabled getty@tty1.service; then
    change systemctl disable getty@tty1.service
  fi
  local unit
  for unit in kiosk.service kiosk-agent.service; do
    if ! is_enabled "$unit"; then
      change systemctl enable "$unit"
    fi
  done
}

say_what_is_left() {
  if ((changes == 0)); then
    say "Nothing to change."
  elif [[ $dry_run == no ]]; then
    say "Done. Write the wall's address into $config, then restart the device."
    say "Worth a look: $source_home/system/cmdline.note"
  fi
}

read_arguments "$@"
require_root
install_packages
create_users
copy_files
put_example_settings
write_policies
enable_units
say_what_is_left
