# Many articles at once: a sound file for each, whatever becomes of the others.
. "${0%/*}/lib.sh"

# article FILE TITLE SENTENCE...: a short text with a title.
article() {
    file=$1
    printf '# %s\n\n' "$2" >"$file"
    shift 2
    printf '%s\n' "$*" >>"$file"
}

mkdir -p tin/2024 tin/.git
article tin/mot.md 'Họp dân ở xã Đại Đồng' 'Sáng nay xã họp dân. Mọi người đến rất đông.'
article tin/hai.md 'Lúa được mùa' 'Vụ này lúa tốt. Bà con rất vui.'
article tin/2024/ba.md 'Lúa được mùa' 'Năm trước lúa cũng tốt. Giá lúa tăng.'
article tin/.git/an.md 'Không đọc' 'Tệp ẩn.'
echo 'không phải bài' >tin/anh.jpg

# batch CODE ARGUMENT...
batch() {
    code=$1
    shift
    expect "$code" "$DOCBAO" batch "$@"
}
# sounds FOLDER: the names of the sound files, sorted.
sounds() {
    ls "$1" | grep -v '^docbao\.log' | LC_ALL=C sort
}
# same_folder A B: the same sound files with the same bytes.
same_folder() {
    sounds "$1" >names.1
    sounds "$2" >names.2
    cmp names.1 names.2 || fail "$2 holds other files than $1"
    while read -r name; do
        cmp "$1/$name" "$2/$name" || fail "$2/$name is another file"
    done <names.1
}
# count FOLDER STATUS NUMBER: lines of the log with that status.
count() {
    got=$(cat "$1"/docbao.log*.jsonl | grep -c "\"status\":\"$2\"")
    [ "$got" = "$3" ] || fail "$1: $got lines are $2, not $3"
}

# A folder: in the order of names, subfolders too; what is hidden or no document is left out.
batch 0 tin -o ra --name '{number}-{name}.wav'
printf '0001-ba.wav\n0002-hai.wav\n0003-mot.wav\n' >wanted
sounds ra | cmp - wanted || fail "a folder made: $(sounds ra)"
grep -q 'done *3' out || fail "the summary: $(cat out)"
expect 0 "$DOCBAO" save -q tin/hai.md -o hai.wav
cmp hai.wav ra/0002-hai.wav || fail "batch makes another sound than save"
while read -r line; do
    echo "$line" | "$HELPERS/jsoncheck" --any || fail "a line of the log is no JSON: $line"
done <ra/docbao.log.jsonl
count ra 'done' 3
grep -q '"source":"2024/ba.md".*"status":"done","output":"0001-ba.wav","title":"Lúa được mùa"' \
    ra/docbao.log.jsonl || fail "the log: $(cat ra/docbao.log.jsonl)"

# Numbers of names by their value, letters by the Vietnamese alphabet.
mkdir van
for name in 'Bài 10' 'Bài 2' 'Băng' Ca Ảnh; do
    echo 'Trời mưa.' >"van/$name.txt"
done
batch 0 van -o van-ra --name '{number}-{name}.wav'
printf '0001-Ảnh.wav\n0002-Bài 2.wav\n0003-Bài 10.wav\n0004-Băng.wav\n0005-Ca.wav\n' >wanted
sounds van-ra | cmp - wanted || fail "a folder made: $(sounds van-ra)"

# Done once: only what was changed or deleted is made again.
stat -c '%n %i %Y' ra/*.wav >before
batch 0 tin -o ra --name '{number}-{name}.wav'
stat -c '%n %i %Y' ra/*.wav | cmp - before || fail "what was done is made again"
count ra skipped 3
echo 'Thêm một câu.' >>tin/hai.md
rm ra/0003-mot.wav
batch 0 tin -o ra --name '{number}-{name}.wav'
count ra 'done' 5
expect 0 "$DOCBAO" save -q tin/hai.md -o hai.wav
cmp hai.wav ra/0002-hai.wav || fail "a changed article keeps its sound"
batch 0 tin -o ra --name '{number}-{name}.wav' --rate 120
count ra 'done' 8
echo bad >ra/0001-ba.wav
batch 0 tin -o ra --name '{number}-{name}.wav' --rate 120
count ra 'done' 9
printf 'lúa\tlú a\n' >tin/mot.lexicon.tsv
printf 'họp\thọp hành\n' >tin/mot.lexicon.tsv
batch 0 tin -o ra --name '{number}-{name}.wav' --rate 120
count ra 'done' 10
rm tin/mot.lexicon.tsv

# The same from a list, with any number of processes, and in parts.
(cd tin && find . -name '*.md' ! -path '*/.*/*' | sed 's,^./,,' | LC_ALL=C sort) >list
cd tin || exit 1
batch 0 ../list -o ../mot --jobs 1
batch 0 @../list -o ../hai --jobs 3
"$DOCBAO" batch - -o ../ba <../list >out 2>err || fail "a list on standard input: exit $?"
tr '\n' '\0' <../list >../list0
batch 0 ../list0 -o ../bon --null
(echo '# bài'; echo; sed 's/$/\r/' ../list) >../list.dos
batch 0 ../list.dos -o ../nam
for k in 1 2 3; do
    "$DOCBAO" batch ../list -o ../phan --shard $k/3 >out 2>err || fail "part $k of 3: exit $?"
done
cd ..
batch 0 tin -o sau
for folder in hai ba bon nam phan; do
    same_folder mot $folder
done
[ "$(sounds mot | grep -c 'lua-duoc-mua-........\.mp3$')" = 2 ] || fail "names: $(sounds mot)"
sounds mot >names.1
sounds sau | cmp - names.1 || fail "a folder and a list give other names: $(sounds sau)"
[ "$(ls phan/docbao.log.*-of-3.jsonl | wc -l)" = 3 ] || fail "logs of parts: $(ls phan)"

# One failure never stops the rest.
head -c 3000 /dev/zero >zeros.txt
printf '%s\n' tin/mot.md nothing.txt tin tin/hai.md /dev/null zeros.txt >some
batch 3 some -o mot-phan
count mot-phan 'done' 2
count mot-phan failed 4
says 'nothing.txt'
grep -q 'nothing.txt: ' out || fail "the summary names no failure: $(cat out)"
printf 'nothing.txt\ntin\n' >none
batch 2 none -o khong
batch 2 tin/mot.md -o khong # an article is no list
says 'is no list'
: >empty
batch 2 empty -o khong
batch 2 missing -o khong
batch 2 list -o tin/mot.md

# Wrong use.
usage "$DOCBAO" batch tin
usage "$DOCBAO" batch tin -o ra --name '{tieude}'
usage "$DOCBAO" batch tin -o ra --name 'a/{slug}'
usage "$DOCBAO" batch tin -o ra --name ''
usage "$DOCBAO" batch tin -o ra --shard 0/2
usage "$DOCBAO" batch tin -o ra --shard 3/2
usage "$DOCBAO" batch tin -o ra --shard 1
usage "$DOCBAO" batch tin -o ra --progress loud
usage "$DOCBAO" batch tin -o ra --title same
batch 1 tin -o ra --voice no-such-voice
batch 1 tin -o ra --profile no-such-profile

# Captions, tags, a profile; what is missing of them is made again.
batch 0 tin -o loa --profile loa --captions vtt,srt --name '{name}'
for name in ba hai mot; do
    [ -s loa/$name.mp3 ] && [ -s loa/$name.vtt ] && [ -s loa/$name.srt ] || fail "$name: $(ls loa)"
done
grep -q '"loudness":-16\.[0-9]*' loa/docbao.log.jsonl || fail "no loudness in the log"
rm loa/hai.srt
batch 0 tin -o loa --profile loa --captions vtt,srt --name '{name}'
[ -s loa/hai.srt ] || fail "captions that are missing are not made again"
count loa 'done' 4

# Progress for programs.
rm -rf ra
batch 0 tin -o ra --progress json
[ "$(wc -l <out)" = 5 ] || fail "--progress json: $(cat out)"
while read -r line; do
    echo "$line" | "$HELPERS/jsoncheck" --any || fail "progress is no JSON: $line"
done <out
tail -n 1 out | grep -q '"event":"end","done":3,"part":0,"skipped":0,"failed":0,"total":3' ||
    fail "the end: $(tail -n 1 out)"
batch 0 tin -o ra --progress off -q
[ -s out ] || [ -s err ] && fail "--progress off -q prints $(cat out err)"

# Strange names.
mkdir la
newline=$(printf 'a\nb')
article "la/$newline.md" 'Bài một' 'Tên có dấu xuống dòng.'
article "la/-rf.md" "$(printf '%0600d' 0 | sed 's/0/dài /g')" 'Tiêu đề rất dài.'
article "la/#.md" 'Bài ba' 'Tên là dấu thăng.'
echo 'Chỉ có một câu không tiêu đề.' >'la/ .txt'
batch 0 la -o la-ra
[ "$(sounds la-ra | wc -l)" = 4 ] || fail "strange names: $(sounds la-ra)"
sounds la-ra | grep -q '^[-.]' && fail "a name begins with a dash or dot: $(sounds la-ra)"
(cd la && find . -type f -print0) >la.list
cd la || exit 1
batch 0 ../la.list -0 -o ../la-ra2
cd ..
[ "$(sounds la-ra2 | wc -l)" = 4 ] || fail "a list with NUL: $(sounds la-ra2)"

# A feed.
cat >feed.xml <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Báo mẫu</title>
<item><title>Tin thứ nhất</title><guid>so-1</guid><pubDate>Tue, 24 Nov 2026 08:30:00 +0700</pubDate>
<content:encoded>&lt;p&gt;Hôm nay trời nắng đẹp. Bà con ra đồng.&lt;/p&gt;</content:encoded></item>
<item><title>Tin thứ hai</title><guid>so-2</guid>
<content:encoded>&lt;p&gt;Ngày mai có mưa to. Xin chú ý.&lt;/p&gt;</content:encoded></item>
</channel></rss>
END
batch 0 feed.xml -o tin-moi
[ "$(sounds tin-moi | wc -l)" = 2 ] || fail "a feed: $(sounds tin-moi)"
sounds tin-moi | grep -q '^2026-11-24-tin-thu-nhat-........\.mp3$' || fail "$(sounds tin-moi)"
batch 0 feed.xml -o tin-moi
count tin-moi skipped 2

# A signal leaves whole files only, and the next run makes the rest.
mkdir dai
long_article >long.txt
# With sanitizers, which make it eight times slower, fewer and shorter articles.
articles='1 2 3 4 5 6 7 8' all=8 lines=31
[ -z "${ASAN_OPTIONS:-}" ] || articles='1 2 3 4' all=4 lines=15
for i in $articles; do
    (echo "Bài số $i"; head -n $lines long.txt) >dai/$i.txt
done
batch 0 dai -o dai-mau --name '{name}.flac' --jobs 2
for signal in INT TERM KILL; do
    rm -rf dai-ra
    mkdir dai-ra
    # A shell lets what runs in the background ignore SIGINT.
    E2E_MARK=batch env --default-signal=INT "$DOCBAO" batch dai -o dai-ra --name '{name}.flac' \
        --jobs 1 >out 2>err </dev/null &
    process=$!
    tries=0
    while [ $tries -lt 1000 ] && ! [ -e dai-ra/1.flac ]; do
        tries=$((tries + 1))
        sleep 0.02
    done
    kill -s $signal $process
    wait $process
    code=$?
    case $signal in
    KILL) ;;
    *) [ $code = 4 ] || fail "exit $code after SIG$signal" ;;
    esac
    none_left batch
    for file in dai-ra/*.flac; do
        cmp "$file" "dai-mau/${file#*/}" || fail "SIG$signal left a part of $file"
    done
    [ "$(sounds dai-ra | wc -l)" -lt $all ] || fail "SIG$signal stopped nothing"
    batch 0 dai -o dai-ra --name '{name}.flac' --jobs 2
    same_folder dai-mau dai-ra
    [ "$(ls -A dai-ra | wc -l)" = $((all + 1)) ] || fail "SIG$signal left files: $(ls -A dai-ra)"
done

# A process that works on an article dies: that article failed, the others are made.
E2E_MARK=batch "$DOCBAO" batch dai -o dai-chet --name '{name}.flac' --jobs 2 >out 2>err </dev/null &
process=$!
tries=0
child=
while [ $tries -lt 1000 ] && [ -z "$child" ]; do
    child=$(grep -lx docbao-batch /proc/[0-9]*/comm 2>/dev/null | while read -r comm; do
        grep -qzs -e '^E2E_MARK=batch$' "${comm%comm}environ" && echo "${comm%/comm}" && break
    done)
    tries=$((tries + 1))
    sleep 0.05
done
kill -s KILL "${child#/proc/}"
wait $process
code=$?
[ $code = 3 ] || fail "exit $code after a child died: $(cat err)"
says 'ended by signal 9'
count dai-chet 'done' $((all - 1))
count dai-chet failed 1
none_left batch
batch 0 dai -o dai-chet --name '{name}.flac'
same_folder dai-mau dai-chet
finish
