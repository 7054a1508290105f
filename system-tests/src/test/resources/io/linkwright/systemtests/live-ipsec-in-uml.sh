#!/bin/sh
# Two edges in a User Mode Linux, with a JVM in which the drivers of both work. The arguments of the
# JVM are in a file, since the kernel's command line is short.
HERE=$(dirname "$0")
. "$HERE/two-edges-in-uml.sh"
sh "$HERE/java-command" 2>&1
echo "=== end"
echo o > /proc/sysrq-trigger
sleep 10
