# Where there is no home folder, or none that can be used, all that needs none works.
. "${0%/*}/lib.sh"
. "${0%/*}/server.sh"

printf 'Trời mưa to.\n\nChợ họp lúc 5 giờ.\n' >a.txt
printf '<rss><channel><item><title>Tin</title><link>%s/a</link></item></channel></rss>' "$web" |
    page feed 'application/rss+xml'
printf '<html><body><article><h1>Tin</h1><p>Trời mưa to từ sáng tới chiều.</p></article></body>' |
    page a 'text/html'
printf 'a' >file

# works NAME=VALUE...: all verbs do, in that environment ("-u NAME": without it).
works() {
    expect 0 env "$@" "$DOCBAO" text a.txt
    [ -s err ] && fail "text said something with $*: $(cat err)"
    expect 0 env "$@" "$DOCBAO" save a.txt -o a.wav
    [ -s err ] && fail "save said something with $*: $(cat err)"
    expect 0 env "$@" "$DOCBAO" play --device null --ui plain a.txt
    expect 0 env "$@" "$DOCBAO" voices
    expect 0 env "$@" "$DOCBAO" feed --list --allow-local "$web/feed"
    expect 0 env "$@" "$DOCBAO" feed --device null --ui plain --allow-local "$web/feed"
}
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
works HOME=/dev/null
works HOME=/dev/null XDG_CONFIG_HOME=/dev/null XDG_STATE_HOME=/dev/null \
    XDG_CACHE_HOME=/dev/null
works HOME="$tmp/file"
works HOME="$tmp/none/at/all" XDG_STATE_HOME=/proc/none
works -u HOME

# What needs a home folder says what it lacks.
expect 2 env HOME=/dev/null "$DOCBAO" lexicon add UBX 'ủy ban'
says 'cannot be written'
expect 1 env -u HOME "$DOCBAO" lexicon list
says 'no configuration folder'

# The folder of another user.
if [ "$(id -u)" = 0 ] && chmod 755 "$tmp" && setpriv --reuid=65534 --clear-groups true 2>/dev/null; then
    mkdir closed
    chmod 700 closed
    chmod 644 a.txt
    expect 0 setpriv --reuid=65534 --clear-groups env HOME="$tmp/closed" "$DOCBAO" text a.txt
fi
finish
