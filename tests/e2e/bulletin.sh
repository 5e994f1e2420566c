# Bulletins: what is heard when, in whose voice, how loud, how long; and what is wrong with a recipe.
. "${0%/*}/lib.sh"
export XDG_CACHE_HOME="$tmp/cache" XDG_STATE_HOME="$tmp/state"
facts="$HELPERS/soundfacts"

# near A B MOST WHAT
near() {
    awk -v a="$1" -v b="$2" -v most="$3" 'BEGIN { d = a - b; exit !(d <= most && -d <= most) }' ||
        fail "$4: $1 is not $2 give or take $3"
}
# above A B WHAT
above() {
    awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > b) }' || fail "$3: $1 is not above $2"
}
# make RECIPE OUT [OPTION...]: on the same day each time.
make() {
    recipe=$1
    out=$2
    shift 2
    "$DOCBAO" bulletin "$recipe" -o "$out" --date 2026-11-30 --run-sheet csv "$@"
}
# row N FIELD: of the run sheet x.sheet.csv; 1 is the first part.
row() {
    sed -n "$(($1 + 1))p" x.sheet.csv | tr -d '\r"' | cut -d , -f "$2"
}
rows() {
    echo $(($(wc -l <x.sheet.csv) - 1))
}

for n in 1 2 3 4; do
    {
        printf 'Bài số %s nói chuyện ruộng đồng\n\n' $n
        i=0
        while [ $i -lt $((n + 4)) ]; do
            echo "Câu thứ $i của bài kể rằng bà con xã Hòa Bình đã gặt xong lúa mùa trước cơn mưa."
            i=$((i + 1))
        done
    } >bai-$n.txt
done

# The example: written once, and good as it is.
expect 0 "$DOCBAO" bulletin --init
cp out example
expect 0 "$DOCBAO" bulletin --init -o mau.ini
cmp -s example mau.ini || fail "--init -o writes another recipe"
usage "$DOCBAO" bulletin --init -o mau.ini
usage "$DOCBAO" bulletin --init mau.ini
cmp -s example mau.ini || fail "--init changed what was there"
expect 0 make mau.ini x.wav -q --captions vtt,json --loudness none
[ "$(rows)" = 7 ] || fail "the example has $(rows) parts: $(cat x.sheet.csv)"
[ "$(head -1 x.sheet.csv)" = "$(printf '\357\273\277start,length,title,reader\r')" ] ||
    fail "the run sheet does not begin with the mark of UTF-8 and its head: $(head -1 x.sheet.csv)"
[ "$(row 2 3)" = 'Mở đầu' ] || fail "no opening: $(cat x.sheet.csv)"
grep -q '30/11/2026' x.vtt || fail "the day is not said: $(head -20 x.vtt)"
grep -q '"spoken": *"thứ"' x.json || grep -q 'thứ hai' x.json || fail "the weekday is not read"
if command -v python3 >/dev/null; then
    python3 -m json.tool x.json >out || fail "the captions are no JSON"
fi

# Voices take turns; gaps are silent, and as long as they should be.
cat >x.ini <<'END'
[bulletin]
voices = bac-nu, bac-nam
gap = 2
[jingle]
file = docbao:nhac-hieu
gap = 0.5
[article]
file = bai-1.txt
[article]
file = bai-2.txt
[article]
file = bai-3.txt
voice = nam-nu
[text]
title = Thời tiết
text = Trời mưa.
END
expect 0 make x.ini x.wav --captions srt
readers=$(for n in 2 3 4 5; do row $n 4; done | tr '\n' ' ')
[ "$readers" = 'bac-nu bac-nam nam-nu bac-nu ' ] || fail "read by $readers"
for n in 2 3 4; do
    end=$(awk -v a="$(row $n 1)" -v b="$(row $n 2)" 'BEGIN { print a + b }')
    near "$(row $((n + 1)) 1)" "$(awk -v e="$end" 'BEGIN { print e + 2 }')" 0.002 "the gap after $n"
    level=$("$facts" level x.wav "$end" "$(row $((n + 1)) 1)")
    near "$level" -200 1 "the silence after part $n"
done
near "$(row 2 1)" 4.9 0.01 "a gap of its own"
near "$("$facts" length x.wav)" "$(awk -v a="$(row 5 1)" -v b="$(row 5 2)" 'BEGIN { print a + b }')" \
    0.002 "the end of the run sheet"
grep -q "^00:00:04,9" x.srt || fail "captions do not begin with the article: $(head -5 x.srt)"

# A chapter for each part, but for a jingle without a title, where the part begins.
if ffprobe -version >/dev/null 2>&1; then
    for ending in mp3 flac wav; do
        make x.ini x.$ending -q || fail "no x.$ending"
        ffprobe -v error -show_entries chapter=start_time:chapter_tags=title -of csv=p=0 x.$ending \
            >chapters
        [ "$(wc -l <chapters)" = 4 ] || fail "x.$ending has chapters: $(cat chapters)"
        for n in 3 4 5; do
            line=$(sed -n "$((n - 1))p" chapters)
            near "${line%%,*}" "$(row $n 1)" 0.002 "chapter $n of x.$ending"
            [ "${line#*,}" = "$(row $n 3)" ] || fail "chapter $n of x.$ending is called ${line#*,}"
        done
    done
    expect 0 make x.ini x.mp3 -q --no-tags
    [ -z "$(ffprobe -v error -show_entries chapter=start_time -of csv=p=0 x.mp3)" ] ||
        fail "--no-tags leaves chapters"
    expect 0 make x.ini x.wav -q
fi

# So have the JSON chapters; the page, the book and JSON are of parts too, with a name for each
# sentence, and are called like the bulletin.
printf '[bulletin]\ntitle = Bản tin <sáng>\nstation = Đài A\n' | cat - x.ini | sed '4d' >parts.ini
sed -i 's/^\[text\]/[headlines]\n[text]/' parts.ini
expect 0 make parts.ini x.mp3 -q --captions chapters,json,html
ffprobe -v error -show_entries chapter=start_time:chapter_tags=title -of csv=p=0 x.mp3 >chapters 2>/dev/null
n=0
while IFS=, read -r start title; do
    n=$((n + 1))
    line=$(grep startTime x.chapters.json | sed -n "${n}p")
    near "$(echo "$line" | sed 's/.*"startTime":\([0-9.]*\).*/\1/')" "$start" 0.002 "JSON chapter $n"
    case $line in *"\"title\":\"$title\""*) ;; *) fail "JSON chapter $n is not $title: $line" ;; esac
done <chapters
[ "$(grep -c startTime x.chapters.json)" = 5 ] || fail "JSON chapters: $(cat x.chapters.json)"
[ "$(grep -o '<h1>' x.html | wc -l)" = 5 ] || fail "headings of the page: $(grep -A1 '<h1>' x.html)"
grep -q '<title>Bản tin &lt;sáng&gt;, Thứ Hai, 30/11/2026</title>' x.html || fail "the title of the page"
for names in "$(grep -o '^<span id="s[0-9]*-[0-9]*"' x.html)" "$(grep -o '"id":"s[0-9]*-[0-9]*"' x.json)"; do
    [ -n "$names" ] && [ -z "$(echo "$names" | sort | uniq -d)" ] || fail "names of sentences: $names"
done
grep -q '"title":"Những tin chính","sentences"' x.json || fail "the parts in JSON"
expect 0 make parts.ini x.epub -q
if command -v epubcheck >/dev/null 2>&1 && java -version >/dev/null 2>&1; then
    java -jar /usr/share/java/epubcheck.jar x.epub >out 2>&1 || fail "epubcheck: $(grep -E 'ERROR|WARN' out)"
fi
expect 0 make x.ini x.wav --captions srt

# The same bytes on every run, with any number of engines, with and without the cache.
cp x.wav first.wav
expect 0 make x.ini x.wav --jobs 3 --no-cache
cmp first.wav x.wav || fail "other bytes on another run"

# Loud enough, and evenly so.
expect 0 make x.ini x.wav -q --profile phat-thanh
near "$("$facts" loudness x.wav 0 0)" -23 0.2 "the loudness of the whole"
for n in 2 3 4; do
    from=$(row $n 1)
    to=$(awk -v a="$from" -v b="$(row $n 2)" 'BEGIN { print a + b }')
    near "$("$facts" loudness x.wav "$from" "$to")" -23 1 "the loudness of part $n"
done

# Jingles of any rate and format are as long as they were, and as loud as the voice.
"$DOCBAO" save -q bai-1.txt -o a.wav --sample-rate 8000 --channels 2
"$DOCBAO" save -q bai-1.txt -o a.flac --sample-rate 96000 --loudness -35
"$DOCBAO" save -q bai-1.txt -o a.ogg
"$DOCBAO" save -q bai-1.txt -o a.opus --loudness -14
"$DOCBAO" save -q bai-1.txt -o a.mp3 --bitrate 128 --sample-rate 44100
for ending in wav flac ogg opus mp3; do
    printf '[audio]\nfile = a.%s\ntitle = Tiếng %s\n' $ending $ending
done >x.ini
expect 0 make x.ini x.wav -q --sample-rate 44100
[ "$(rows)" = 5 ] || fail "not all sounds are there: $(cat x.sheet.csv)"
for n in 1 2 3 4 5; do
    near "$(row $n 2)" "$("$facts" length a.wav)" 0.12 "the length of $(row $n 4)"
    from=$(row $n 1)
    to=$(awk -v a="$from" -v b="$(row $n 2)" 'BEGIN { print a + b }')
    near "$("$facts" loudness x.wav "$from" "$to")" -22.2 0.5 "the loudness of $(row $n 4)"
done

# What telephones record, where FFmpeg's libraries are.
if "$DOCBAO" save -q bai-1.txt -o a.m4a --loudness -30 2>err; then
    printf '[audio]\nfile = a.m4a\n' >x.ini
    expect 0 make x.ini x.wav -q
    near "$(row 1 2)" "$("$facts" length a.wav)" 0.12 "the length of an m4a"
    near "$("$facts" loudness x.wav 0 0)" -22.2 0.5 "the loudness of an m4a"
    head -c 20000 a.m4a >cut.m4a
    printf '[audio]\nfile = cut.m4a\n[closing]\n' >x.ini
    make x.ini x.wav >out 2>err
    case $? in
    0 | 3) ;;
    *) fail "an m4a that is cut short: $(cat err)" ;;
    esac
fi

# Music of two channels keeps them where the output has two, with or without loudness and tone; in
# speech both are the same.
if command -v python3 >/dev/null; then
    python3 - <<'END'
import math, struct, wave
for name, rate in ("hai-kenh.wav", 44100), ("nen.wav", 22050):
    with wave.open(name, "wb") as w:
        w.setparams((2, 2, rate, 0, "NONE", ""))
        w.writeframes(b"".join(struct.pack("<hh", int(9000 * math.sin(i * 2765 / rate)),
                                           int(9000 * math.sin(i * 4147 / rate)))
                               for i in range(3 * rate)))
END
    printf '[jingle]\nfile = hai-kenh.wav\n[headlines]\nbed = nen.wav\n[article]\nfile = bai-1.txt\n' >x.ini
    for how in '--channels 2' '--profile phat-thanh' '--channels 2 --profile loa'; do
        # shellcheck disable=SC2086 # several options
        expect 0 make x.ini x.wav $how
        above "$("$facts" side x.wav 0.1 2.9)" \
            "$(awk -v l="$("$facts" level x.wav 0.1 2.9)" 'BEGIN { print l - 6 }')" \
            "the difference between the channels of a jingle with $how"
        from=$(row 2 1)
        above "$("$facts" side x.wav "$(awk -v f="$from" 'BEGIN { print f + 0.8 }')" \
            "$(awk -v f="$from" 'BEGIN { print f + 1.6 }')")" -50 "that of a bed with $how"
        above -80 "$("$facts" side x.wav "$(row 3 1)" 0)" "that of speech with $how"
    done
    near "$("$facts" loudness x.wav 0 0)" -16 0.2 "the loudness of two channels"
    expect 0 make x.ini x.wav --channels 1
    [ "$("$facts" side x.wav 0 0)" = -200.0 ] || fail "two channels where one was asked for"
else
    echo "not tried, because it is not installed: python3"
fi

# Headlines over a bed: the music is heard before the speech, goes down for it, and comes back.
cat >x.ini <<'END'
[headlines]
text = Sau đây là những tin chính.
bed = docbao:nhac-nen
[article]
file = bai-1.txt
[article]
file = bai-2.txt
END
expect 0 make x.ini x.wav --captions srt
end=$(awk -v a="$(row 1 2)" 'BEGIN { print a }')
grep -q "^00:00:02,000 --> " x.srt || fail "the headlines do not begin after two seconds"
full=$("$facts" level x.wav 0.8 1.6)
pause=$(awk 'NR == 2 { split($3, t, /[:,]/); print t[3] + t[4] / 1000 }' x.srt)
down=$("$facts" level x.wav "$(awk -v p="$pause" 'BEGIN { print p + 0.1 }')" \
    "$(awk -v p="$pause" 'BEGIN { print p + 0.25 }')")
above "$full" "$(awk -v d="$down" 'BEGIN { print d + 5 }')" "the music before the speech over that in a pause"
above "$down" -80 "the music in a pause"
back=$("$facts" level x.wav "$(awk -v e="$end" 'BEGIN { print e - 1.8 }')" \
    "$(awk -v e="$end" 'BEGIN { print e - 1.2 }')")
near "$back" "$full" 6 "the music that comes back"
last=$("$facts" level x.wav "$(awk -v e="$end" 'BEGIN { print e - 0.02 }')" "$end")
above "$(awk -v b="$back" 'BEGIN { print b - 20 }')" "$last" "the end of the music"
# A bed that is far shorter than the headlines goes round.
"$DOCBAO" save -q "$samples/tin-ngan.txt" -o long.wav
printf 'Một.\n' >mot.txt
"$DOCBAO" save -q mot.txt -o short.wav
sed -i 's/docbao:nhac-nen/short.wav/' x.ini
expect 0 make x.ini x.wav
near "$(row 1 2)" "$end" 0.01 "headlines over a short bed"

# To a length: thirty recipes end within half a second.
recipe() {
    printf '[bulletin]\nvoices = bac-nu, bac-nam\nfit = %s\nfit_by = %s\n[jingle]\n' "$1" "$2"
    printf 'file = docbao:chuyen-bai\n[headlines]\nbed = docbao:nhac-nen\n'
    for n in 1 2 3 4; do
        printf '[article]\nfile = bai-%s.txt\npriority = %s\n' $n $((n * 2))
    done
    printf '[closing]\n'
}
printf '[bulletin]\nvoices = bac-nu, bac-nam\n' >x.ini
recipe 9:00 both | sed 1,4d >>x.ini
expect 0 make x.ini x.wav
natural=$("$facts" length x.wav)
made=0
for share in 40 45 50 55 60 65 70 75 80 85 90 95 100 105; do
    for by in both sentences; do
        seconds=$(awk -v n="$natural" -v s=$share 'BEGIN { printf "%d", n * s / 100 }')
        recipe "$seconds" $by >x.ini
        make x.ini x.wav >out 2>err || fail "fit = $seconds by $by: $(cat err)"
        near "$("$facts" length x.wav)" "$seconds" 0.5 "fit = $seconds by $by"
        made=$((made + 1))
        case $by-$share in
        both-4* | sentences-8*) says 'left out\|early' ;;
        both-100 | both-105) grep -q 'left out\|early' err && fail "left out at $share: $(cat err)" ;;
        esac
    done
done
for share in 93 107; do
    seconds=$(awk -v n="$natural" -v s=$share 'BEGIN { printf "%d", n * s / 100 }')
    recipe "$seconds" speed >x.ini
    expect 0 make x.ini x.wav
    near "$("$facts" length x.wav)" "$seconds" 0.5 "fit = $seconds by speed"
    made=$((made + 1))
done
[ $made = 30 ] || fail "$made recipes instead of 30"
# Where a long sentence that went leaves more room than pauses can fill, the voice is slower, too.
said='Bà con xã Hòa Bình sáng nay đã gặt xong lúa mùa trước cơn mưa lớn và cùng nhau phơi thóc ở sân kho của thôn trong tiếng nói cười rộn rã của cả trẻ em lẫn người già đến xem'
again=', rồi bà con lại ra đồng cày đất, làm cỏ, be bờ và dẫn nước từ con mương mới về ruộng để kịp gieo vụ sau'
printf 'Chuyện ruộng đồng xã Hòa Bình\n\n%s.\n\n%s%s%s%s.\n' "$said" "$said" "$again" "$again" "$again" >dai.txt
seconds=11 code=0
while [ $code = 0 ] && [ $seconds -lt 25 ]; do
    seconds=$((seconds + 1))
    printf '[bulletin]\nfit = %s\nfit_by = sentences\n[article]\nfile = dai.txt\n' $seconds >x.ini
    make x.ini x.wav -q >out 2>err
    code=$?
done
[ $code = 3 ] || fail "no length is too long for one sentence: $code at $seconds"
sed -i 's/sentences/both/' x.ini
expect 0 make x.ini x.wav
near "$("$facts" length x.wav)" $seconds 0.5 "fit = $seconds with a slower voice"
# What goes is the least important, and its headline goes too.
recipe 0:45 sentences >x.ini
expect 0 make x.ini x.wav --captions srt
says 'Bài số 4.*is left out'
grep -q 'Bài số 1 nói' x.srt || fail "the most important article went"
grep -q 'Bài số 4 nói' x.srt && fail "the headline of an article that went is said"
# What cannot be done is said with the line.
recipe 0:05 both >x.ini
expect 1 make x.ini none.wav
says 'x.ini:3: This is too short'
recipe 0:16 sentences >x.ini
expect 1 make x.ini none.wav
says 'x.ini:3: This is too short'
[ "$(wc -l <err)" = 1 ] || fail "more than one thing is said: $(cat err)"
recipe 0:30 speed >x.ini
expect 1 make x.ini none.wav
says 'x.ini:3: .*no speed within 10 percent'
recipe 20:00 both >x.ini
expect 3 make x.ini x.wav
says 'too short for its time'
[ -e none.wav ] && fail "a recipe that cannot be followed left a file"

# Twice, and the whole of it to a length.
printf '[bulletin]\nrepeat = 2\ngap = 3\n[article]\nfile = bai-1.txt\n' >x.ini
expect 0 make x.ini x.wav --captions srt
near "$("$facts" length x.wav)" "$(awk -v l="$(row 1 2)" 'BEGIN { print 2 * l + 3 }')" 0.01 twice
# Captions never go back, and end with the sound.
last=$(awk -F '[:, ]' '/-->/ { from = $2 * 60 + $3 + $4 / 1000; to = $7 * 60 + $8 + $9 / 1000
    if (from < end || to <= from) print "back at " $0; end = to } END { print end }' x.srt)
near "$last" "$("$facts" length x.wav)" 0.01 "the end of the captions"
half=$(awk -v l="$(row 1 2)" 'BEGIN { print l + 3 }')
near "$("$facts" level x.wav "$half" 0)" "$("$facts" level x.wav 0 "$(row 1 2)")" 0.1 "the second round"
sed -i 's/repeat = 2/repeat = 3\nfit = 1:30/' x.ini
expect 0 make x.ini x.wav
near "$("$facts" length x.wav)" 90 0.5 "three rounds to a length"

# An interview: questions by one voice, answers by the other.
cat >pv.txt <<'END'
Người giữ nghề đan lưới ở làng biển

PV: Thưa bác, nghề này có từ bao giờ?

Trả lời: Từ đời ông tôi.

Ông dạy tôi từ bé.

PV: Bây giờ còn mấy nhà làm?

Còn ba nhà.
END
printf '[article]\nfile = pv.txt\nvoices = bac-nu, bac-nam\ninterview = yes\n' >x.ini
expect 0 make x.ini x.wav --captions json
[ "$(tr -d '\r"' <x.sheet.csv | tail -1 | cut -d , -f 4-)" = 'bac-nu, bac-nam' ] ||
    fail "the interview is read by $(tail -1 x.sheet.csv)"
# differ FILE TEXT: with another second voice, the sound is another from where TEXT is said.
differ() {
    for voice in bac-nam nam-nam; do
        printf '[article]\nfile = %s\nvoices = bac-nu, %s\ninterview = yes\n' "$1" $voice >x.ini
        expect 0 make x.ini $voice.wav --captions srt --no-tags
        tail -c +113 $voice.wav >$voice.pcm # without the head, which tells the length
    done
    said=$(grep -B1 "$2" nam-nam.srt | sed -n '1s/ -->.*//p' | awk -F '[:,]' '{ print $2 * 60 + $3 + $4 / 1000 }')
    begins=$(cmp bac-nam.pcm nam-nam.pcm | tr -d , | awk '{ print $5 / 2 / 22050 }')
    near "${begins:-0}" "${said:-9999}" 0.15 "the first words of the second voice in $1"
}
differ pv.txt 'Trả lời: Từ đời'
# Without such words, questions are known by their marks.
sed 's/^PV: //; s/^Trả lời: //' pv.txt >hoi.txt
differ hoi.txt 'Từ đời ông tôi'
# Rows of a table say which words.
mkdir own
printf '# words\tkind\nngười hỏi\tquestion\n' >own/line-words.tsv
sed 's/^PV: Thưa bác, nghề này có từ bao giờ?/Người hỏi - mời bác kể./; s/^Trả lời: //; s/^PV: /Người hỏi - /' \
    pv.txt >rieng.txt
printf '[article]\nfile = rieng.txt\nvoices = bac-nu, bac-nam\ninterview = yes\n' >x.ini
expect 0 make x.ini x.wav --no-tags
expect 0 make x.ini own.wav --no-tags --rules own
cmp -s x.wav own.wav && fail "a row of line-words.tsv changes nothing"

# The day on which an article appeared is not read.
printf '[article]\nfile = %s\n' "$samples/tin-ngan.txt" >x.ini
expect 0 make x.ini x.wav --captions srt
grep -q '^03/02/2024$' x.srt && fail "the day of the article is read"
grep -q 'Sáng 2/2' x.srt || fail "the article is not read"

# What is missing is left out, with its line; the rest is made.
cat >x.ini <<'END'
[bulletin]
between = khong-co.wav
[jingle]
file = khong-co.wav
[opening]
bed = bai-1.txt
[article]
file = khong-co.html
[article]
file = bai-1.txt
[text]
file = khong-co.txt
END
expect 3 make x.ini x.wav
says 'x.ini:2: “khong-co.wav” is left out'
says 'x.ini:4: “khong-co.wav” is left out'
says 'x.ini:6: “bai-1.txt” is left out'
says 'x.ini:8: An article is left out. khong-co.html'
says 'x.ini:12: “khong-co.txt” is left out'
[ "$(rows)" = 2 ] || fail "parts without the missing ones: $(cat x.sheet.csv)"
printf '[article]\nfile = khong-co.html\n' >x.ini
expect 2 make x.ini none.wav
printf '[jingle]\nfile = docbao:khong-co\n' >x.ini
expect 1 make x.ini none.wav
says 'x.ini:2: There is no sound .*docbao:nhac-hieu'
printf '[article]\nfile = bai-1.txt\nvoice = khong-co\n' >x.ini
expect 1 make x.ini none.wav
says 'x.ini:3: .*bac-nam'
says '3: There is no voice'
printf '[bulletin]\nvoices = bac-nu, khong-co\n[article]\nfile = bai-1.txt\n' >x.ini
expect 1 make x.ini none.wav
says 'x.ini:2: .*khong-co.*bac-nam'
printf '[bulletin]\nprofile = lao\n[article]\nfile = bai-1.txt\n' >x.ini
expect 1 "$DOCBAO" bulletin x.ini -o none.wav
says 'x.ini:2: .*loa'
# A text of another encoding, and one of Word.
printf 'Ch\303\240o b\303\240 con' | iconv -f UTF-8 -t UTF-16 >x.txt
printf '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Mai cắt điện.</w:t></w:r></w:p></w:body></w:document>' >document.xml
"$HELPERS/mkzip" x.docx word/document.xml=document.xml
printf '[text]\nfile = x.txt\n[text]\nfile = “x.docx”\n' >x.ini
expect 0 make x.ini x.wav --captions srt
[ "$(grep -v -e '-->' -e '^[0-9]*$' x.srt | tr '\n' ' ' | sed 's/  */ /g')" = 'Chào bà con Mai cắt điện. ' ] ||
    fail "texts of files: $(cat x.srt)"
printf '[text]\ntext = Số {number}.\n' >x.ini
expect 1 make x.ini none.wav
says 'x.ini:2: {number} needs'
printf '[text]\ntitle = Giá chợ\ntext = …\n[closing]\n' >x.ini
expect 3 make x.ini x.wav
says 'x.ini:3: “Giá chợ” is left out: nothing to read'
printf '[jingle]\n' >x.ini
expect 1 make x.ini none.wav
says 'x.ini:1: .*needs file'
expect 2 make mau.ini khong/co/x.wav --loudness -16
says 'Cannot write “khong/co/x.wav”'
expect 1 make khong-co.ini none.wav
usage "$DOCBAO" bulletin mau.ini
usage "$DOCBAO" bulletin mau.ini bai-1.txt -o none.wav
usage "$DOCBAO" bulletin mau.ini -o mau.ini
printf '[closing]\n' >x.ini
expect 1 "$DOCBAO" bulletin x.ini -o none.wav --date hôm-nay
expect 1 "$DOCBAO" bulletin x.ini -o none.wav --run-sheet pdf
expect 1 "$DOCBAO" bulletin x.ini -o - --captions vtt
expect 1 "$DOCBAO" bulletin x.ini -o - --run-sheet txt
[ -e -.sheet.txt ] && fail "a stream has a run sheet"
"$DOCBAO" bulletin x.ini -o - | cat >stream.wav
[ "$(head -c 4 stream.wav)" = RIFF ] || fail "-o - streams no WAV"
[ -e none.wav ] && fail "a failure left a file"
# A sound that is cut short, or made to do harm, is left out or heard as far as it goes.
head -c 3000 a.flac >cut.flac
head -c 3000 /dev/urandom >noise.mp3
printf 'RIFF\377\377\377\377WAVEfmt \20\0\0\0\1\0\377\377\1\0\0\0' >bad.wav
: >empty.wav
mkfifo pipe.wav
for name in cut.flac noise.mp3 bad.wav empty.wav pipe.wav .; do
    printf '[audio]\nfile = %s\n[closing]\n' $name >x.ini
    make x.ini x.wav >out 2>err
    case $? in
    0 | 3) ;;
    *) fail "$name: $(cat err)" ;;
    esac
done

finish
