#!/bin/sh
# Two edges in a User Mode Linux run what their drivers have written down. Prints what it sees, a
# heading before each part.
HERE=$(dirname "$0")
. "$HERE/two-edges-in-uml.sh"

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
