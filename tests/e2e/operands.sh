# A folder or a playlist as FILE: the articles in it, in an order that people expect.
. "${0%/*}/lib.sh"

mkdir -p tin/phu trong
for i in 10 9 2 1; do
    echo "Bài số $i." >"tin/Bai$i.txt"
done
echo 'Phụ lục.' >tin/phu/x.md
echo 'Ẩn.' >tin/.an.txt
touch tin/anh.jpg tin/tieng.mp3
ln -s .. tin/phu/vong
cat >tin.expected <<'END'
bài số một.
bài số hai.
bài số chín.
bài số mười.
phụ lục.
END
expect 0 "$DOCBAO" text tin
cmp -s out tin.expected || fail "a folder is read as: $(cat out)"
says 'tin: 3 files are left out, .* such as anh.jpg'
[ "$(wc -l <err)" = 1 ] || fail "more is said of a folder: $(cat err)"
expect 0 "$DOCBAO" text -q tin/
cmp -s out tin.expected || fail "a folder with a slash is read as: $(cat out)"
[ -s err ] && fail "--quiet speaks of a folder: $(cat err)"

# Numbers by their value, letters by the Vietnamese alphabet, tones last; in any locale.
mkdir vần
for name in 'Bài 10' 'Bài 2' 'Ăn' 'đi' 'da' 'em' 'Ếch' 'bà con' 'ba cọc' 'ơn' 'ông' 'ong'; do
    echo "$name." >"vần/$name.txt"
done
cat >vần.expected <<'END'
ăn.
ba cọc.
bà con.
bài hai.
bài mười.
da.
đi.
em.
ếch.
ong.
ông.
ơn.
END
for locale in C C.UTF-8; do
    LC_ALL=$locale "$DOCBAO" text -q --raw vần >out
    cmp -s out vần.expected || fail "a folder in the locale $locale is read as: $(cat out)"
done

# Played, saved, checked; the order of the command line stays.
expect 0 "$DOCBAO" play --device null -q --stats tin
says '"sentences": 5,'
expect 0 "$DOCBAO" save -q --stats tin/phu tin -o out.wav
says '"sentences": 6,'
expect 0 "$DOCBAO" check -q tin
grep -q '^tin/Bai9.txt: ' out && grep -q '^tin/phu/x.md: ' out || fail "check of a folder: $(cat out)"
# Of a folder --json is a list, also with one article in it.
expect 0 "$DOCBAO" text -q --json tin/phu
"$HELPERS/jsoncheck" --any <out || fail "no JSON: $(cat out)"
grep -q '^\[' out || fail "no list: $(head -c 100 out)"
expect 0 "$DOCBAO" text -q --json tin/Bai1.txt
grep -q '^{' out || fail "one file is a list: $(head -c 100 out)"

# What stands for nothing is a file that failed.
expect 2 "$DOCBAO" text trong
says 'trong: there is no article in this folder'
expect 3 "$DOCBAO" text trong tin/Bai1.txt
[ "$(cat out)" = 'bài số một.' ] || fail "an empty folder takes another file along: $(cat out)"

# A playlist: lines from its own folder on, as other players write them.
printf '\357\273\277#EXTM3U\r\n#EXTINF:12,Bài\r\nBai2.txt\r\n\r\n  phu  \r\nfile://%s/tin/Bai%%310.txt\r\n' \
    "$tmp" >tin/nghe.m3u8
cat >nghe.expected <<'END'
bài số hai.
phụ lục.
bài số mười.
END
expect 0 "$DOCBAO" text -q tin/nghe.m3u8
cmp -s out nghe.expected || fail "a list is read as: $(cat out err)"
(cd / && "$DOCBAO" text -q "$tmp/tin/nghe.m3u8") >out
cmp -s out nghe.expected || fail "a list from elsewhere is read as: $(cat out)"
# One in another, but never in itself; what is missing is named; what is listed is read, whatever
# its name.
echo 'Ghi chú.' >ghi-chu
printf 'tin/nghe.m3u8\nghi-chu\nvong.M3U\nthieu.txt\n' >vong.M3U
expect 3 "$DOCBAO" text vong.M3U
(cat nghe.expected && echo 'ghi chú.') | cmp -s - out || fail "lists in lists are read as: $(cat out)"
says 'vong.M3U: this list stands inside itself'
says 'thieu.txt: there is no such file'
printf '# nothing\n\n' >rong.m3u
expect 2 "$DOCBAO" text rong.m3u
says 'rong.m3u: this list names no file'
expect 2 "$DOCBAO" text thieu.m3u
says 'thieu.m3u: there is no such file'
# An address is one, not a path; nothing is fetched from this machine without --allow-local.
printf 'http://127.0.0.1:1/tin.html\n' >mang.m3u
expect 2 "$DOCBAO" text mang.m3u
says 'http://127.0.0.1:1/tin.html: '
# A feed, or a batch, keeps its own way with folders and lists.
expect 2 "$DOCBAO" feed tin
finish
