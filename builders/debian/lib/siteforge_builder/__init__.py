"""The Debian builder: composes a root file system with diskimage-builder and assembles a bootable ISO from it."""
