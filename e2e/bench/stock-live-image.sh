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
mirror=$(sed -n "s/^deb \(\[[^]]*\] \)\?\([^ ]*\) $release .*/\2/p; s/^URIs: *//p" \
  /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)

mkdir -p /build && cd /build
lb config --distribution "$release" --architecture amd64 --archive-areas "$(echo "$components" | tr , ' ')" \
  --mirror-bootstrap "$mirror" --mirror-chroot "$mirror" --mirror-binary "$mirror" \
  --parent-mirror-bootstrap "$mirror" --parent-mirror-chroot "$mirror" --parent-mirror-binary "$mirror" \
  --security false --updates false \
  --apt-recommends false --debian-installer none --memtest none --firmware-chroot false --win32-loader false \
  --binary-images iso-hybrid --bootloaders grub-pc,grub-efi --linux-packages linux-image --cache false >&2
# systemd-resolved (half a megabyte) takes the chroot's name service away as soon as it is installed, and live-build
# downloads more after that.
echo "$packages" | tr , '\n' | grep -vx systemd-resolved > config/package-lists/same.list.chroot
lb build >&2
echo "{\"bytes\": $(stat -c %s live-image-amd64.hybrid.iso), \"squashfs\": $(stat -c %s binary/live/filesystem.squashfs)}"
