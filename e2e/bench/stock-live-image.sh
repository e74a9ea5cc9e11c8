#!/bin/sh
# The peer of the ISO's size: Debian's live-build with the same packages. Runs in a container of the base image with
# SYS_ADMIN and MKNOD. Arguments: release, components divided by commas, packages divided by commas. Prints the bytes.
set -eu
release=$1 components=$2 packages=$3

{
  apt-get update -q
  apt-get install -q -y --no-install-recommends \
    live-build debootstrap xorriso squashfs-tools cpio mtools dosfstools ca-certificates wget
} >&2
# Prints the address of a suite, from either format of apt's sources; nothing where it is not configured.
address_of() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | sed -n "s/^deb \(\[[^]]*\] \)\?\([^ ]*\) $1 .*/\2/p"
  cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed -n "/^URIs: */{s///;h;}; /^Suites:.*\<$1\( \|\$\)/{g;p;}"
}
mirror=$(address_of "$release" | head -n 1)
security=$(address_of "$release-security" | head -n 1)
updates=$(address_of "$release-updates" | head -n 1)

# The same kernel and corrections as ours: from security and updates, where ours has them.
corrections="--security false"
if [ -n "$security" ]; then
  corrections="--security true --mirror-chroot-security $security --mirror-binary-security $security"
  corrections="$corrections --parent-mirror-chroot-security $security --parent-mirror-binary-security $security"
fi

mkdir -p /build && cd /build
# shellcheck disable=SC2086 # the corrections are several words
lb config --distribution "$release" --architecture amd64 --archive-areas "$(echo "$components" | tr , ' ')" \
  --mirror-bootstrap "$mirror" --mirror-chroot "$mirror" --mirror-binary "$mirror" \
  --parent-mirror-bootstrap "$mirror" --parent-mirror-chroot "$mirror" --parent-mirror-binary "$mirror" \
  $corrections --updates "$([ -n "$updates" ] && echo true || echo false)" \
  --apt-recommends false --debian-installer none --memtest none --firmware-chroot false --win32-loader false \
  --binary-images iso-hybrid --bootloaders grub-pc,grub-efi --linux-packages linux-image --cache false >&2
# systemd-resolved (half a megabyte) takes the chroot's name service away as soon as it is installed, and live-build
# downloads more after that.
echo "$packages" | tr , '\n' | grep -vx systemd-resolved > config/package-lists/same.list.chroot
lb build >&2
echo "{\"bytes\": $(stat -c %s live-image-amd64.hybrid.iso), \"squashfs\": $(stat -c %s binary/live/filesystem.squashfs)}"
