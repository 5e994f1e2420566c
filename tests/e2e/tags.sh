#!/bin/sh
# Tags, chapters and captions, read back by other people's programs; those that are not installed
# are named and left out.
. "$SOURCE/tests/e2e/lib.sh"

python=/usr/bin/python3
missing=

# has COMMAND...: whether it works here; notes it if not.
has() {
    "$@" >/dev/null 2>&1 && return 0
    case " $missing " in *" $1$3 "*) ;; *) missing="$missing $1$3" ;; esac
    return 1
}

formats=wav
for format in flac ogg opus mp3 m4a m4b; do
    echo 'Một.' >try.txt
    case $format in ogg) module=vorbis ;; m4?) module=aac ;; *) module=$format ;; esac
    if "$DOCBAO" save -q --raw try.txt -o "try.$format" 2>err; then
        formats="$formats $format"
    elif [ -e "${DOCBAO%/*}/modules/docbao-$module.so" ]; then
        fail "$format cannot be saved: $(cat err)"
    fi
done

printf '# Chợ Đồng Xuân “mở cửa”\n\nBà con vui.\n\n## Tiểu thương\n\nHàng về.\n\n## Giá cả\n\nỔn.\n' >bai.md
title='Chợ Đồng Xuân “mở cửa” 😀 & "mới"'
long=
while [ ${#long} -lt 1200 ]; do long="${long}chữ ươ "; done
long="${long}hết"

# reads TITLE FILE: every program finds this title.
reads() {
    if has ffprobe -v error -version; then
        # The tags of Ogg are those of its stream.
        ffprobe -v error -show_entries format_tags=title:stream_tags=title -of default=nw=1:nk=1 \
            "$2" >out
        grep -qxF -e "$1" out || fail "$2: ffprobe has another title: $(cat out)"
    fi
    if has mediainfo --Version; then
        mediainfo --Output='General;%Title%' "$2" >out
        grep -qxF -e "$1" out || fail "$2: mediainfo has another title: $(cat out)"
    fi
    if has kid3-cli --help; then
        kid3-cli -c 'get title' "$2" >out 2>/dev/null
        [ "$(cat out)" = "$1" ] || fail "$2: kid3 has another title: $(cat out)"
    fi
    if has "$python" -c 'import mutagen'; then
        "$python" -c 'import mutagen, sys
t = mutagen.File(sys.argv[1]).tags
print(next(t[k] for k in ("TIT2", "title", "\xa9nam") if k in t)[0])' "$2" >out 2>&1
        [ "$(cat out)" = "$1" ] || fail "$2: mutagen has another title: $(cat out)"
    fi
    if has "$python" -c 'import taglib'; then
        "$python" -c 'import sys, taglib
print(taglib.File(sys.argv[1]).tags["TITLE"][0])' "$2" >out 2>&1
        [ "$(cat out)" = "$1" ] || fail "$2: TagLib has another title: $(cat out)"
    fi
    case $2 in
    *.mp3)
        has eyeD3 --version || return 0
        eyeD3 --no-color "$2" >out 2>/dev/null
        grep -qF -e "title: $1" out || fail "$2: eyeD3 has another title: $(cat out)"
        ;;
    esac
}

# chapters FILE: the titles of the headings, at the times at which the captions have them.
chapters() {
    has ffprobe -v error -version || return 0
    ffprobe -v error -show_entries chapter=start_time:chapter_tags=title -of csv=p=0 "$1" >out
    printf '%s\n' 'Chợ Đồng Xuân “mở cửa”' 'Tiểu thương' 'Giá cả' >wanted
    sed 's/^[^,]*,//; s/^"//; s/"$//; s/""/"/g' out | cmp -s - wanted ||
        fail "$1: other chapters: $(cat out)"
    starts=$(sed 's/^\([0-9]*\)\.\([0-9][0-9]\).*/\1\2/' out | tr '\n' ' ')
    heard=$(awk '/-->/ { at = $1 } /^(Chợ|Tiểu|Giá)/ { print at }' bai.srt |
        sed 's/^00:00:\([0-9]*\),\([0-9][0-9]\).*/\1\2/' | tr '\n' ' ')
    echo "$starts$heard" | awk '{
        for (i = 1; i <= 3; i++) if (NF != 6 || ($i - $(i + 3)) ^ 2 > 4) exit 1
    }' || fail "$1: chapters at $starts, captions at $heard"
}

for format in $formats; do
    expect 0 "$DOCBAO" save -q bai.md -o "bai.$format" --author 'Ước' --date 2024-05-15 --captions srt \
        --title "$(printf 'Chợ Đồng Xuân\n“mở cửa” 😀 & "mới"\n')"
    reads "$title" "bai.$format"
    chapters "bai.$format"
    if has ffmpeg -v error -version; then
        ffmpeg -v error -nostdin -i "bai.$format" -map 0:a -f null - >out 2>&1
        [ -s out ] && fail "bai.$format is damaged: $(head -c 300 out)"
    fi
    expect 0 "$DOCBAO" save -q --raw try.txt -o "lang.$format" --title "$long"
    reads "$long" "lang.$format"
    expect 0 "$DOCBAO" save -q --raw try.txt -o "none.$format"
    expect 0 "$DOCBAO" save -q bai.md --no-tags -o "none.$format"
done

# A stream has its tags where they can stand before the sound.
for format in $formats; do
    case $format in flac | ogg | opus | mp3) ;; *) continue ;; esac
    mkfifo "pipe.$format"
    cat "pipe.$format" >"stream.$format" &
    expect 0 "$DOCBAO" save -q bai.md -o "pipe.$format" --title "$title"
    wait "$!"
    reads "$title" "stream.$format"
    if has ffmpeg -v error -version; then
        ffmpeg -v error -nostdin -i "stream.$format" -map 0:a -f null - >out 2>&1
        [ -s out ] && fail "stream.$format is damaged: $(head -c 300 out)"
    fi
done

# The picture on a book's cover.
echo '<container><rootfiles><rootfile full-path="s.opf"/></rootfiles></container>' >container.xml
cat >s.opf <<'END'
<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="b.png" media-type="image/png" properties="cover-image"/></manifest>
<spine><itemref idref="a"/></spine></package>
END
echo '<html><body><p>Một.</p></body></html>' >a.xhtml
# One white point.
printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\0\0\0\0:~\233U\0\0\0\nIDATx\234c\370\17\0\1\1\1\0\33\266\356V\0\0\0\0IEND\256B`\202' >b.png
"$HELPERS/mkzip" a.epub META-INF/container.xml=container.xml s.opf=s.opf a.xhtml=a.xhtml b.png=b.png
for format in $formats; do
    expect 0 "$DOCBAO" save -q a.epub -o "book.$format"
    has ffprobe -v error -version || continue
    [ "$format" = wav ] && continue # ffprobe shows no picture of `id3 ` in WAV
    ffprobe -v error -show_entries stream=codec_name -of csv=p=0 "book.$format" >out
    grep -q png out || fail "book.$format has no cover: $(cat out)"
done

# The picture of a page that a browser saved.
mkdir bai_files
if has ffmpeg -v error -version &&
    ffmpeg -v error -nostdin -f lavfi -i color=s=640x400 -frames:v 1 bai_files/cho.png; then
    cp b.png bai_files/dem.png
    line='Sáng nay, bà con tiểu thương ở chợ cho biết hàng về nhiều, giá cả không tăng so với tuần trước.'
    printf '<html><body><h1>Chợ Đồng Xuân mở cửa</h1><p>%s</p><img src="./bai_files/dem.png">
<img src="./bai_files/cho.png"><p>%s</p></body></html>' "$line" "$line" >bai.html
    expect 0 "$DOCBAO" save -q bai.html -o page.flac
    ffprobe -v error -show_entries stream=codec_name,width -of csv=p=0 page.flac >out
    grep -q 'png,640' out || fail "the picture of a saved page is no cover: $(cat out)"
    "$DOCBAO" save -q - -o stdin.flac <bai.html 2>/dev/null || fail "a page from standard input: exit $?"
    ffprobe -v error -show_entries stream=codec_name -of csv=p=0 stdin.flac >out
    grep -q png out && fail "a page from standard input has a picture"
fi

# Captions, as ffprobe reads them.
expect 0 "$DOCBAO" save -q bai.md -o bai.wav --captions vtt,srt,lrc,json
if has "$python" -c 'import json'; then
    "$python" -c 'import json
words = json.load(open("bai.json"))["articles"][0]["sentences"][1]["words"]
assert [w["text"] for w in words] == ["Bà", "con", "vui"]
assert [w["source"]["offset"] for w in words] == [40, 44, 48]' >out 2>&1 || fail "JSON: $(cat out)"
fi
if has ffprobe -v error -version; then
    for kind in vtt srt lrc; do
        count=$(ffprobe -v error -count_packets -show_entries stream=nb_read_packets -of csv=p=0 \
            "bai.$kind" | tr -d ',')
        case $kind in lrc) wanted=7 ;; *) wanted=6 ;; esac
        [ "$count" = "$wanted" ] || fail "ffprobe finds $count cues in .$kind, not $wanted"
    done
fi
expect 1 "$DOCBAO" save -q bai.md -o - --captions vtt
expect 1 "$DOCBAO" save -q bai.md -o no.wav --captions sub
expect 1 "$DOCBAO" save -q bai.md -o no.wav --date '15/5'
expect 1 "$DOCBAO" save -q bai.md -o no.wav --cover bai.md
[ -e no.wav ] && fail "a sound was saved with wrong options"

[ -z "$missing" ] || echo "not installed, so not asked:$missing"
finish
