#!/bin/sh
# Makes the picture of the README from the program itself: the screen in Vietnamese, some seconds
# into the sample article. Needs tmux and python3. Run it by ./dev picture.
set -eu

cd "$(dirname "$0")/../.."
state=$(mktemp -d)
terminal="tmux -L docbao-picture"
trap '$terminal kill-server 2>/dev/null; rm -rf "$state"' EXIT
$terminal -f /dev/null new-session -d -x 80 -y 20 "env LANGUAGE=vi LC_ALL=C.UTF-8 HOME=$state XDG_CONFIG_HOME=$state \
XDG_STATE_HOME=$state build/docbao play --device null:realtime --ui screen assets/samples/dong-xuan.txt"
sleep 11
$terminal capture-pane -e -p | python3 docs/pictures/screen.py >docs/pictures/screen.svg
