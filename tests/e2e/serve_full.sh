# A server whose disk is full: who listens comes to an end, the queue says why and goes on when there
# is room, and nothing is lost.
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"

mkdir disk
[ "$(id -u)" = 0 ] && mount -t tmpfs -o size=3m none disk 2>/dev/null || skip "no file system can be mounted"
cleanup="$cleanup; umount -l '$tmp/disk'"
# fill LEFT: so many KiB are left.
fill() {
    rm -f disk/filler
    free=$(df -k --output=avail disk | tail -1)
    head -c $(((free - $1) * 1024)) /dev/zero >disk/filler
}
long_article | head -30 >long
state=disk/state
begin --no-cache
fill 200
sent 201 -H 'Content-Type: text/plain' --data-binary @long
id=$(id_of)
sleep 0.2
curl -s -m 60 "$web/api/articles/$id.mp3" >heard ||
    fail "a listener is cut off when the disk is full: $?"
[ -s heard ] || fail "nothing was heard"
told '"message"' "$web/api/articles/$id"
holds '"state":"queued"'
holds '"message":"The sound could not be written: the disk may be full'
ask 200 "$web/"
holds 'The sound could not be written'

# No byte is left: nothing comes in, all else is answered.
fill 0
sent 503 -H 'Content-Type: text/plain' -d 'Không còn chỗ.'
holds 'the disk may be full'
ask 200 "$web/api/articles"
holds "$id"
ask 200 "$web/"
ask 202 "$web/api/articles/$id.vtt"

# There is room again: what waited is made, in whole.
rm disk/filler
made "$id"
grep -q '"state":"done"' state.json || fail "it is not made when there is room: $(cat state.json)"
grep -q '"message"' state.json && fail "it is made, and has a message: $(cat state.json)"
sent 201 -H 'Content-Type: text/plain' -d 'Có chỗ rồi.'
made "$(id_of)"

# The disk becomes full while one is made, to the last byte: not even that can be kept. After the
# server's end nothing is lost.
rm disk/state/articles/*.mp3
sed 's/Người lái đò/Bà lái đò/' long >other
sent 201 -H 'Content-Type: text/plain' --data-binary @other
id=$(id_of)
sleep 0.1
fill 0
sleep 2
kill -0 $server || fail "the server ends when the disk is full"
ask 200 "$web/api/articles/$id"
end KILL 137
rm disk/filler
begin --no-cache
made "$id"
grep -q '"state":"done"' state.json || fail "it is lost: $(cat state.json)"
[ -z "$(find disk -name '*.part')" ] || fail "half files stay"
end TERM 0
finish
