# debootstrap's element would write ifupdown stanzas that wait for DHCP on eth0 and eth1. networkd rules here.
export DIB_APT_MINIMAL_CREATE_INTERFACES=0
