# What comes from outside cannot command the terminal: names of files, titles, members of archives,
# headers of servers and the text itself are printed without what a terminal would obey.
. "${0%/*}/lib.sh"
. "${0%/*}/server.sh"

osc=$(printf '\033]52;c;ZWNobw==\a')    # sets the clipboard
c1=$(printf '\302\235')                # OSC in one character
rlo=$(printf '\342\200\256')            # right-to-left override
nasty="$osc$c1$rlo"

# harmless WHAT FILE...: no control character but line ends and tabs, no change of direction, only
# UTF-8. (iconv -c would leave out what is not UTF-8.)
harmless() {
    what=$1
    shift
    for printed in "$@"; do
        if LC_ALL=C tr -d '\n\t' <"$printed" | LC_ALL=C grep -q '[[:cntrl:]]'; then
            fail "$what: a control character is printed: $(od -c "$printed" | head -5)"
        fi
        iconv -f UTF-8 -t UTF-16LE "$printed" >utf16 2>/dev/null || fail "$what: not UTF-8"
        # U+0080 to U+009F, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069
        od -An -v -t x2 --endian=little utf16 | tr -s ' ' '\n' |
            grep -qxE '00[89].|200[ef]|202[a-e]|206[6-9]' && fail "$what: a format character"
    done
}

# The check itself sees them.
for bad in "$osc" "$c1" "$rlo" "$(printf '\377')"; do
    printf '%s\n' "$bad" >bad
    before=$failures
    harmless check bad >/dev/null
    [ "$failures" -gt "$before" ] && failures=$before || failures=$((before + 1))
done
[ "$failures" = 0 ] || fail "the check does not see what it is to find"

# A lexicon, a table and a voice, in complaints, lists and explanations.
for cell in "$osc" "$c1" "$rlo" "$(printf 'x\377')" "$(printf '\355\240\200')"; do
    printf 'Trời mưa to.\n' >b.txt
    printf 'mưa\t%s\n' "$cell" >bad.tsv
    expect 1 "$DOCBAO" text --lexicon bad.tsv b.txt
    harmless "a row of a lexicon" err
    expect 1 "$DOCBAO" lexicon check --lexicon bad.tsv
    harmless "a row that is checked" out err
    expect 1 "$DOCBAO" lexicon add "$cell" "mưa $cell" --lexicon other.tsv --context "$cell"
    harmless "a row that is refused" out err
    printf '%s\tmưa\t%s\n' "mưa $cell" "$cell" >bad.tsv
    "$DOCBAO" lexicon list --lexicon bad.tsv >out 2>err
    harmless "a list of a lexicon" out err
    "$DOCBAO" lexicon remove "$cell x" --lexicon good.tsv >out 2>err
    harmless "a word that is not there" out err
    mkdir -p tables "config/docbao/voices"
    printf 'mưa %s\tmưa %s\t%s\n' "$cell" "$cell" "$cell" >tables/loanwords.tsv
    "$DOCBAO" text --rules tables b.txt >out 2>err && fail "a table with controls is taken"
    harmless "a row of a table" out err
    rm tables/loanwords.tsv
    printf '[voice]\ndescription = %s\ngender=%s\n%s\n' "$cell" "$cell" "$cell" \
        >config/docbao/voices/own.voice
    expect 0 "$DOCBAO" voices
    harmless "a list of voices" out err
    "$DOCBAO" save --voice own b.txt -o b.wav >out 2>err
    harmless "a voice that cannot be used" out err
    rm config/docbao/voices/own.voice
done

# JSON is as harmless, and still says which file it was.
printf 'Trời mưa to.\n' >"$nasty.md"
expect 0 "$DOCBAO" text --json "$nasty.md"
harmless "JSON" out err
grep -q '"source":"\\u001B\]52;c;ZWNobw==\\u0007\\u009D\\u202E.md"' out ||
    fail "JSON does not name the file: $(head -c 300 out)"
printf 'mưa\tmưa\n' >"$(printf 'x\377y.lexicon.tsv')"
printf 'Trời mưa to.\n' >"$(printf 'x\377y.txt')"
expect 0 "$DOCBAO" text --json "$(printf 'x\377y.txt')"
harmless "JSON with a rule from a file" out err

# Names of files.
for name in "$nasty.txt" "$(printf 'x\377y.txt')" "$(printf 'a\nb.txt')"; do
    expect 2 "$DOCBAO" text "missing $name"
    harmless "a missing file" err
    printf 'Trời mưa to.\n\nSố \377 là lạ.\n' >"$name"
    expect 0 "$DOCBAO" text --explain "$name"
    harmless "--explain" out err
    expect 0 "$DOCBAO" text --time "$name"
    harmless "--time" out err
    expect 0 "$DOCBAO" play --device null --ui plain "$name"
    harmless "play" out err
done
usage "$DOCBAO" text "--$nasty" x
harmless "an unknown option" err
echo 'Trời mưa to.' >x.txt
expect 1 "$DOCBAO" text --voice "$nasty" x.txt
harmless "a voice" err
expect 1 "$DOCBAO" save x.txt -o "$nasty.zzz"
harmless "a destination" err

# The text: its controls are gone after reading; what changes direction is not shown.
printf 'Tin %s mưa to.\n\n%s Trời %s mưa.\n' "$nasty" "$rlo" "$osc" >text.txt
for mode in --explain --time; do
    expect 0 "$DOCBAO" text $mode text.txt
    harmless "$mode of the text" out err
done
expect 0 "$DOCBAO" play --device null --ui plain text.txt
harmless "the text, played" out err

# Titles and links of feeds.
printf '<rss><channel><item><title>Tin &#x9d;0;x&#x9c; %s&#x202e;mưa</title><link>%s/a</link></item></channel></rss>' \
    "$c1" "$web" | page feed 'application/rss+xml'
expect 0 "$DOCBAO" feed --list --allow-local "$web/feed"
harmless "the list of a feed" out err
grep -q 'mưa' out || fail "the title was lost: $(cat out)"

# Members of archives: the package names one that is not there.
cat >container.xml <<XML
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="s&#x9b;31m&#x202e;.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
XML
"$HELPERS/mkzip" a.epub META-INF/container.xml=container.xml || fail "no archive could be made"
expect 2 "$DOCBAO" text a.epub
says 'lacks its part'
harmless "a member" err

# Headers of servers.
printf 'x' | page type "$(printf 'image/\033]0;x\007\302\233y')"
expect 2 "$DOCBAO" text --allow-local "$web/type"
harmless "a Content-Type" err
for place in "ftp://$nasty/" "http://$nasty/" "$nasty" "$(printf 'http://x\377\302\233.example/')"; do
    leads on "$place"
    expect 2 "$DOCBAO" text --allow-local "$web/on"
    harmless "a Location" err
done
printf 'Trời mưa to.' | page charset "$(printf 'text/html; charset=\302\2350;x\342\200\256')"
"$DOCBAO" text --json --allow-local "$web/charset" >out 2>err
harmless "a charset" out err

# The metadata of pages and books.
code='&#x1b;]52;c;x&#7;&#x9d;0;x&#x9c;&#x202e;&#x2066;&#x7f;'
cat >meta.html <<HTML
<html><head><title>Tin $code lạ</title><meta name="author" content="An $code">
<meta property="article:published_time" content="2024-01-01T$code">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Tin \\u001b]52;c;x\\u0007\\u009d\\u202e lạ",
"author":{"name":"Nguyễn \\u009b31m\\u202e An"},"datePublished":"2024-01-01\\u009b"}</script></head>
<body><h1>Tin $code lạ</h1><p class="author">Nguyễn $code An</p>
<p>Mưa to từ sáng sớm, nước sông dâng cao và người dân $code phải sơ tán khỏi vùng trũng.</p>
<p>Đến chiều thì trời tạnh, người dân đã trở về nhà và dọn dẹp ở khắp các thôn trong xã.</p>
</body></html>
HTML
for mode in --written --json --explain; do
    expect 0 "$DOCBAO" text $mode meta.html
    harmless "the metadata ($mode)" out err
done
expect 0 "$DOCBAO" play --device null --ui plain meta.html
harmless "the metadata, played" out err

finish
