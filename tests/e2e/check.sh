# docbao check: text, JSON, the page with its sound, and exit codes.
. "$(dirname "$0")/lib.sh"

cat >bai.txt <<'END'
Hội XYQZ họp.
Chợ 3/4 đông. Giá "MTV" & hơn.
END
echo 'Hôm nay trời đẹp.' >dep.txt

expect 0 "$DOCBAO" check --raw bai.txt
for line in 'bai.txt: 3 places to look at' '0:00 line 1: XYQZ → ích xì i cờ rét quy dét' \
    '    in: Hội XYQZ họp.' '    otherwise: ba tháng tư'; do
    grep -qxF -e "$line" out || fail "no line “$line”: $(cat out)"
done
grep -qxF "$(printf '    lexicon: 3/4\tba tháng tư')" out || fail "no row for the lexicon: $(cat out)"

# The row is one that a lexicon takes, and changes the reading.
sed -n 's/^    lexicon: //p' out >mine.tsv
expect 0 "$DOCBAO" text --raw --lexicon mine.tsv bai.txt
grep -q 'chợ ba tháng tư đông' out || fail "the row changes nothing: $(cat out)"

# Exit codes.
expect 3 "$DOCBAO" check --raw --strict bai.txt
says '3 places'
expect 0 "$DOCBAO" check --raw --strict dep.txt
expect 3 "$DOCBAO" check --raw bai.txt none.txt
expect 2 "$DOCBAO" check none.txt
usage "$DOCBAO" check --json --html a.html bai.txt
expect 2 "$DOCBAO" check --raw --html no/such/folder.html bai.txt

# JSON: one object for a file, an array for several; times lie within the sound.
expect 0 "$DOCBAO" check --raw --json bai.txt
"$HELPERS/jsoncheck" --any <out || fail "no JSON: $(cat out)"
grep -q '"kind":"number".*"time_ms":[1-9]' out || fail "no time: $(cat out)"
expect 0 "$DOCBAO" check --raw --json bai.txt dep.txt
"$HELPERS/jsoncheck" --any <out || fail "no JSON array: $(cat out)"
grep -q '^\[{.*"doubts":\[\]}\]$' out || fail "no array: $(cat out)"

# Without a voice that works, the readings are checked all the same.
mkdir -p "$XDG_CONFIG_HOME/docbao/voices"
echo nonsense >"$XDG_CONFIG_HOME/docbao/voices/hong.voice"
expect 0 "$DOCBAO" check --raw --voice hong bai.txt
says 'times are not known'
grep -qxF 'line 1: XYQZ → ích xì i cờ rét quy dét' out || fail "not checked: $(cat out)"

# The page: text is escaped, its sound is beside it, and the address of the sound is one.
expect 0 "$DOCBAO" check --raw --html 'trang 1.html' bai.txt dep.txt
[ -s 'trang 1.wav' ] || fail "no sound beside the page"
grep -qF 'src="trang%201.wav"' 'trang 1.html' || fail "the page does not name its sound"
grep -qF '&quot;<mark lang="vi">MTV</mark>&quot; &amp; hơn' 'trang 1.html' ||
    fail "the text is not escaped"
[ "$(grep -c 'class="sentence" data-from=' 'trang 1.html')" = 3 ] || fail "not each line has its place"
grep -qF '<mark lang="vi">XYQZ</mark>' 'trang 1.html' || fail "the doubt is not marked"

# A signal leaves neither page nor sound.
long_article >dai.txt
"$DOCBAO" check --html dai.html dai.txt >/dev/null 2>&1 &
sleep 0.3
kill -TERM $!
wait $!
code=$?
[ -e dai.html ] || [ -e dai.wav ] && [ $code != 0 ] && fail "a part was left after exit $code"
[ $code = 4 ] || [ $code = 0 ] || fail "exit $code after a signal"

finish
