#!/bin/sh
# The peer of compose: diskimage-builder as it comes, with the same packages, and its tree as a squashfs with the same
# compressor. Runs in a container with SYS_ADMIN, MKNOD and access to loop devices, which the stock tool wants even
# for a tar. Arguments: release, components divided by commas, packages divided by commas. Prints the seconds it took.
set -eu
release=$1 components=$2 packages=$3

{
  apt-get update -q
  apt-get install -q -y --no-install-recommends \
    sudo kpartx dosfstools gdisk lsb-release openssl qemu-utils debootstrap bc udev
} >&2
mknod /dev/loop-control c 10 237 2>/dev/null || true
for number in $(seq 0 31); do
  mknod "/dev/loop$number" b 7 "$number" 2>/dev/null || true
done
# Every suite that the builder's own apt uses: with the release alone it would have fewer and older packages to fetch.
sources=$(PYTHONPATH=/opt/siteforge/lib python3 - "$release" "$components" <<'PROGRAM'
import sys
from siteforge_builder.apt_sources import own_sources, sources_for
for number, source in enumerate(sources_for(sys.argv[1], None, None, own_sources(), lambda *_: True)):
    print(f'source-{number}:{source.line(sys.argv[2].split(","))}', source.uri, sep='\t')
PROGRAM
)
mirror=$(echo "$sources" | head -n 1 | cut -f 2)
export DIB_RELEASE="$release" DIB_DISTRIBUTION_MIRROR="$mirror" DIB_DEBIAN_COMPONENTS="$components"
DIB_APT_SOURCES_CONF=$(echo "$sources" | cut -f 1)
export DIB_APT_SOURCES_CONF DEBIAN_FRONTEND=noninteractive HOME=/root USER=root

mkdir -p /build && cd /build
start=$(date +%s)
disk-image-create -n --no-tmpfs -a amd64 -t tar -o stock -p "$packages" debian-minimal >&2
tar=$(date +%s)
mksquashfs - stock.squashfs -tar -comp zstd -Xcompression-level 3 -no-progress < stock.tar >&2
end=$(date +%s)
echo "{\"seconds\": $((end - start)), \"ofWhichSquashfs\": $((end - tar)), \"bytes\": $(stat -c %s stock.squashfs)}"
