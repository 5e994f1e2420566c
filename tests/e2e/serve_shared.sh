# Two servers with one folder of finished articles: what one has made, the other gives out; nothing
# is harmed when both make the same, when one is killed, or when the folder is away for a time.
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"

token_file=$tmp/token
state=one
begin --shared finished --token-file "$token_file"
one=$web first=$server
[ "$(stat -c %a "$token_file")" = 600 ] || fail "others may read the token"
[ -e one/token ] && fail "there are two tokens"
state=two
begin --shared finished --token-file "$token_file"
two=$web second=$server
# at SERVER: the requests that follow go there.
at() {
    web=$1
}
# same PATH: whether both give the same file with the same tag.
same() {
    curl -s -D head1 "$one$1" >body1
    curl -s -D head2 "$two$1" >body2
    [ -s body1 ] && cmp -s body1 body2 || fail "the servers give other bytes for $1"
    grep -i '^etag' head1 >tag1
    grep -i '^etag' head2 | cmp -s - tag1 || fail "the servers give other tags for $1"
}

# What was sent to one is given out by the other.
printf 'Chợ nổi\n\nNgày 15/5/2016, UBND tỉnh họp ở bến sông.\n' >bai
at "$one"
sent 201 -H 'Content-Type: text/plain' --data-binary @bai
id=$(id_of)
made "$id"
for kind in mp3 vtt json html; do
    same "/api/articles/$id.$kind"
done
at "$two"
ask 200 "$web/api/articles/$id"
holds '"state":"done"'
holds 'Chợ nổi'
ask 206 -H 'Range: bytes=5-9' "$web/api/articles/$id.mp3"
ask 200 "$web/api/articles"
holds "$id"
ask 200 "$web/feed.xml"
holds "$id"
sent 200 -H 'Content-Type: text/plain' --data-binary @bai
holds '"state":"done"'
[ -z "$(find one two -name '*.mp3')" ] || fail "the sound is kept twice"

ask 200 "$web/read/$id"
holds "Chợ nổi"
# A place is kept by the server that was told it.
ask 204 -X PUT -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"seconds": 2.5}' "$web/api/articles/$id/place"
ask 200 "$web/api/articles/$id"
holds '"place":{"seconds":2.500,'
ask 200 "$one/api/articles/$id"
grep -q '"place"' out && fail "the place of another server is told"

# The secret of a form of one is good for the other, whichever a balancer asks.
at "$one"
secret=$(form_secret)
ask 303 --data-urlencode 'text=Mưa ở Huế.' -d "secret=$secret" "$two/articles"

# What one has made comes into the list and the podcast of the other, without anybody asking for it.
at "$one"
sent 201 -H 'Content-Type: text/plain' -d 'Bài mà không ai hỏi.'
id=$(id_of)
made "$id"
told "$id" "$two/feed.xml"

# While one makes it, the other says so.
long_article >long
at "$one"
sent 201 -H 'Content-Type: text/plain' --data-binary @long
id=$(id_of)
at "$two"
ask 202 "$web/api/articles/$id.mp3"
heads '^retry-after: '
ask 200 "$web/api/articles/$id"
holds '"state":"queued"'
at "$one"
made "$id"
same "/api/articles/$id.mp3"

# Both make the same at once.
for number in 1 2 3; do
    waited=
    printf 'Tin %s\n\nThuyền về bến số %s lúc trời mưa to.\n' $number $number >tin$number
    for server in "$one" "$two"; do
        curl -s -o "out$number" -H "Authorization: Bearer $token" -H 'Content-Type: text/plain' \
            --data-binary @tin$number "$server/api/articles" &
        waited="$waited $!"
    done
    wait $waited
done
sleep 0.3
for number in 1 2 3; do
    at "$one"
    id=$(sed -n 's/.*"id":"\([0-9a-z]*\)".*/\1/p' out$number)
    made "$id"
    at "$two"
    made "$id"
    grep -q '"state":"done"' state.json || fail "$number is not made: $(cat state.json)"
    same "/api/articles/$id.mp3"
    same "/api/articles/$id.html"
done

[ -z "$(find finished -name waiting.json)" ] || fail "something waits that is finished"

# One that waits at one server does not hide what the other has finished.
at "$one"
sent 201 -H 'Content-Type: text/plain' -d 'Bài làm xong trước.'
id=$(id_of)
made "$id"
facts=$(find finished -path "*$id/article.json")
sed 's/"done"/"queued"/; s/"key":"[0-9a-f]*"/"key":""/' "$facts" >"${facts%article.json}waiting.json"
ask 200 "$two/api/articles/$id.mp3"
ask 200 "$two/api/articles/$id"
holds '"state":"done"'
rm "${facts%article.json}waiting.json"

# What failed at one is told by the other, and tried again there.
sent 201 -H 'Content-Type: application/json' -d "{\"url\": \"$web/khong-co\"}"
id=$(id_of)
made "$id"
ask 404 "$two/api/articles/$id.mp3"
holds '"state":"failed"'
facts=$(find finished -path "*$id/article.json")
sed 's/"failed"/"queued"/' "$facts" >"${facts%article.json}waiting.json"
ask 202 "$two/api/articles/$id.mp3"
rm "${facts%article.json}waiting.json"
at "$two"
sent 201 -H 'Content-Type: application/json' -d "{\"url\": \"$one/khong-co\"}"
[ "$(id_of)" = "$id" ] || fail "the same address has another id"
made "$id"
grep -q '"state":"failed"' state.json || fail "it did not fail again: $(cat state.json)"

# A correction at one is heard at the other; who reads the old sound keeps it for a while.
at "$one"
sent 201 -H 'Content-Type: text/plain' -d 'Hội ABX họp ở Huế.'
id=$(id_of)
made "$id"
curl -s "$two/api/articles/$id.mp3" >before.mp3
ask 200 -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d "{\"written\": \"ABX\", \"spoken\": \"an bình xanh\", \"article\": \"$id\"}" "$web/api/readings"
made "$id"
same "/api/articles/$id.mp3"
cmp -s body2 before.mp3 && fail "the correction is not heard at the other server"
[ "$(find finished -path "*$id*" -name '*.mp3' | wc -l)" = 2 ] || fail "the old sound is gone at once"
# Made again at the other, which was never sent the text.
at "$two"
ask 303 -d "secret=$secret&id=$id&do=again" "$web/article"
made "$id"
grep -q '"state":"done"' state.json || fail "it cannot be made again: $(cat state.json)"

# What one removes is gone at the other.
ask 204 -X DELETE -H "Authorization: Bearer $token" "$two/api/articles/$id"
ask 404 "$one/api/articles/$id.mp3"
ask 404 "$one/api/articles/$id"
curl -s "$one/api/articles" | grep -q "$id" && fail "what was removed is in the list of the other"
[ -z "$(find finished one two -path "*$id*")" ] || fail "files of what was removed stay"

# Nothing in the folder is trusted.
at "$two"
sent 201 -H 'Content-Type: text/plain' -d 'Bài bị sửa lén.'
id=$(id_of)
made "$id"
facts=$(find finished -path "*$id/article.json")
cp "$facts" facts
cp "$token_file" "finished/$(echo "$id" | cut -c1-2)/00000000000000000000000000000000.mp3"
for wrong in 's/"key":"[0-9a-f]*"/"key":"..\/..\/..\/..\/token"/' 's/"state":"done"/"state":"x"/' \
    's/"source":"text"/"source":"file:\/\/\/etc\/passwd"/' 's/{/[/' \
    's/"key":"[0-9a-f]*"/"key":"..\/00000000000000000000000000000"/'; do
    sed "$wrong" facts >"$facts"
    cmp -s facts "$facts" && fail "nothing is wrong: $wrong"
    got=$(curl -s -o out -w '%{http_code}' "$one/api/articles/$id.mp3")
    [ "$got" = 404 ] || fail "$got for $wrong"
    grep -qF "$token" out && fail "the token is given out"
done
cp facts "$facts"
same "/api/articles/$id.mp3"

# The folder is away: what is finished waits, what comes in is kept, and nothing is put in its place.
mv finished away
ask 503 "$one/api/articles/$id.mp3"
holds '"error":'
grep -qF "$tmp" out && fail "a path of the disk is served"
ask 503 -X DELETE -H "Authorization: Bearer $token" "$one/api/articles/$id"
mkdir finished
at "$one"
sent 201 -H 'Content-Type: text/plain' -d 'Bài gửi khi ổ đĩa chung vắng mặt.'
late=$(id_of)
told '"message"' "$web/api/articles/$late"
holds '"state":"queued"'
holds '"message":"The sound could not be written'
[ -z "$(ls -A finished)" ] || fail "something is written where nothing is mounted"
rmdir finished
mv away finished
ask 200 "$one/api/articles/$id.mp3" # it was not removed
made "$late"
grep -q '"state":"done"' state.json || fail "it is not made when the folder is back: $(cat state.json)"
same "/api/articles/$late.mp3"

# One is killed while it makes something; the other goes on with what is finished.
sed 's/Chuyện dài/Chuyện khác/; s/Người lái đò/Bà lái đò/' long >other
sent 201 -H 'Content-Type: text/plain' --data-binary @other
id=$(id_of)
sleep 0.3
kill -9 $first
wait $first 2>/dev/null
ask 200 "$two/api/articles/$late.mp3"
ask 202 "$two/api/articles/$id.mp3"
at "$two"
sent 201 -H 'Content-Type: text/plain' --data-binary @other
made "$id"
grep -q '"state":"done"' state.json || fail "the other cannot make it: $(cat state.json)"
[ -z "$(find finished -name '.part*')" ] || fail "half files stay"
count=$(find finished -name '????????????????' -path '*/days/*' | wc -l)
server=$second
end TERM 0
find finished -perm /077 >open
[ -s open ] && fail "others may read the folder: $(head -3 open)"

# A server that is new finds all, and a day's mark of what is gone goes.
mkdir -p finished/days/2001-09-09
: >finished/days/2001-09-09/0123456789abcdef
: >finished/days/2001-09-09/nonsense
state=three
begin --shared finished --token-file "$token_file"
tries=0
while [ $tries -lt 100 ]; do
    curl -s "$web/api/articles" >out
    grep -q "\"count\":$count," out && [ ! -e finished/days/2001-09-09/0123456789abcdef ] && break
    tries=$((tries + 1))
    sleep 0.1
done
[ $tries -lt 100 ] || fail "a new server has another list than of $count: $(cat out)"
end TERM 0

# A folder that cannot be written.
expect 1 "$DOCBAO" serve -o four --shared /proc/none --listen 127.0.0.1:0
says 'cannot be written'
finish
