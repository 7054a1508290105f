#!/bin/sh
# The first process of a User Mode Linux whose root is the host's: two edges, joined by a cable, run
# what their drivers have written down. Prints what it sees, a heading before each part.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
HERE=$(dirname "$0")
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
for module in xfrm_user esp4 cbc hmac sha256 authenc authencesn echainiv gcm ghash-generic ctr seqiv veth dummy; do
  /run/modprobe $module
done

ip netns add a
ip netns add b
ip link add underlay netns a type veth peer name underlay netns b
ip -n a address add 192.0.2.1/24 dev underlay
ip -n b address add 192.0.2.2/24 dev underlay
ip -n a address add 198.18.0.1/32 dev lo
ip -n b address add 198.18.1.1/32 dev lo
for edge in a b; do
  ip -n $edge link set lo up
  ip -n $edge link set underlay up
done
sleep 0.2

stage() {
  for edge in a b; do
    ip netns exec $edge sh -e "$HERE/$edge-$1.sh" 2>> /run/refused || echo "$1 at $edge" >> /run/refused
  done
}
heading() { echo "=== $1"; }
associations() { ip -n b -s xfrm state | sed 's/ 0x[0-9a-f]\{64,\}//'; }
reach() {
  if ip netns exec a ping -n -q -c 3 -i 0.2 -W 1 "$1" > /dev/null 2>&1; then echo yes; else echo no; fi
}

heading unlinked; reach 198.18.1.1

stage link
# What each edge puts on the cable. What comes in shows once more when it has been decrypted.
for edge in a b; do
  ip netns exec $edge tcpdump -Q out -n -l -i underlay ip >> /run/capture 2> /dev/null &
done
sleep 0.5
heading linked-lan; reach 198.18.1.1
heading linked-secondary; reach 10.77.1.2
heading linked-state; associations

ip netns exec a ping -n -q -c 100 -i 0.03 198.18.1.1 > /run/ping &
PING=$!
sleep 0.5
stage renew
sleep 0.5
stage switch
sleep 0.5
stage retire
wait $PING
heading rekey; cat /run/ping
heading rekey-state; associations
sleep 0.5
heading capture; cat /run/capture

stage remove
heading removed; reach 198.18.1.1
heading left-over; for edge in a b; do ip -n $edge xfrm state; ip -n $edge xfrm policy; ip -n $edge -o link show type dummy; done
heading refused; cat /run/refused
heading end
echo o > /proc/sysrq-trigger
sleep 10
