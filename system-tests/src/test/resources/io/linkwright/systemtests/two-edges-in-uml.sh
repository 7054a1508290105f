# Read by the first process of a User Mode Linux whose root is the host's: mounts, modules, and two
# edges in network namespaces, a and b, joined by a cable.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs tmpfs /run

# The host has no modules for this kernel where modprobe looks for them.
mkdir -p /run/root/lib/modules
ln -s "/usr/lib/uml/modules/$(uname -r)" /run/root/lib/modules/
printf '#!/bin/sh\nexec modprobe -d /run/root "$@"\n' > /run/modprobe
chmod +x /run/modprobe
echo /run/modprobe > /proc/sys/kernel/modprobe
touch /run/refused
for module in ipv6 xfrm_user esp4 esp6 cbc hmac sha256 authenc authencesn echainiv gcm ghash-generic ctr seqiv veth dummy sch_ingress cls_u32 act_gact; do
  /run/modprobe $module
done

ip netns add a
ip netns add b
ip link add underlay netns a type veth peer name underlay netns b
ip -n a address add 192.0.2.1/24 dev underlay
ip -n b address add 192.0.2.2/24 dev underlay
ip -n a address add 2001:db8::1/64 dev underlay nodad
ip -n b address add 2001:db8::2/64 dev underlay nodad
ip -n a address add 198.18.0.1/32 dev lo
ip -n b address add 198.18.1.1/32 dev lo
ip -n a address add 2001:db8:a::1/128 dev lo
ip -n b address add 2001:db8:b::1/128 dev lo
for edge in a b; do
  ip -n $edge link set lo up
  ip -n $edge link set underlay up
done
sleep 0.2
