# What `cmake --install` makes: a tree that runs from any folder, with its library, its manual pages,
# its completions and its entry for the desktop.
. "$(dirname "$0")/lib.sh"
build=$(dirname "$DOCBAO")
[ -e "$build/libdocbao.so" ] || skip "the library is not built here"

DESTDIR="$tmp/staged" cmake --install "$build" >out 2>err || fail "cmake --install: $(head -c 300 err)"
bin=$(cd staged && find . -name docbao -path '*/bin/*')
prefix="$tmp/staged/${bin%/bin/docbao}"
libraries=$(dirname "$(find "$prefix" -name libdocbao.so)")
mv "$prefix" "$tmp/đâu đó khác" && prefix="$tmp/đâu đó khác"
libraries="$prefix/${libraries#"$tmp/staged/${bin%/bin/docbao}/"}"
program="$prefix/bin/docbao"

# Every part is found, wherever the tree stands: a format of each module that takes documents apart,
# and one that makes sound.
printf 'Ngày 15/5/2016 UBND xã họp.\n' >bai.txt
expect 0 "$program" text --raw bai.txt
grep -q 'ủy ban nhân dân' out || fail "the installed program reads otherwise: $(cat out)"
cat >document.xml <<'END'
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t>UBND xã họp.</w:t></w:r></w:p></w:body></w:document>
END
"$HELPERS/mkzip" bai.docx word/document.xml=document.xml || fail "mkzip"
expect 0 "$program" text --raw bai.docx
printf '<p>UBND xã họp.</p>' >bai.html
expect 0 "$program" text --raw bai.html
for ending in wav flac mp3 opus ogg; do
    expect 0 "$program" save --raw bai.txt -o "bai.$ending"
    [ -s "bai.$ending" ] || fail "no sound in bai.$ending"
done
expect 0 "$program" play --device null --ui none --raw bai.txt
"$program" --version >out
"$DOCBAO" --version >built
cmp -s out built || fail "the installed program has other parts: $(diff built out)"

# A voice that is a program is confined, but docbao's own module for its speed is found.
mkdir -p "$XDG_CONFIG_HOME/docbao/voices"
cat >"$XDG_CONFIG_HOME/docbao/voices/zero.voice" <<'END'
[voice]
description = Im lặng
engine = command
dialect = north
gender = male
[speech]
rate = 200
[pause]
sentence = 0
block = 0
title = 0
[command]
program = head -c 88200 /dev/zero
run = each
sample_rate = 22050
END
if [ -n "$(find "$prefix" -name docbao-speed.so)" ]; then
    expect 0 "$program" save --raw --voice zero --rate 200 bai.txt -o zero.wav
    [ "$(stat -c %s zero.wav)" -lt 60000 ] || fail "twice as fast is not shorter: $(stat -c %s zero.wav)"
fi
[ -x "$(find "$prefix" -name docbao-piper)" ] || fail "the adapters are not installed"

# A distribution with a library folder of its own. Only what finds modules is compiled for it: the
# rest of the program is that of the build.
distribution=lib/x86_64-linux-gnu
finder=CMakeFiles/docbao_core.dir/src/base/module.c.o
link=$(ninja -C "$build" -t commands docbao 2>err | tail -n 1)
case $link in
*' -o docbao '*libdocbao_core.a*)
    env -u CMAKE_C_COMPILER_LAUNCHER cmake -S "$SOURCE" -B away -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr \
        -DCMAKE_INSTALL_LIBDIR=$distribution >out 2>err || fail "cmake for $distribution: $(tail -n 3 err)"
    mkdir -p "away/${finder%/*}" "usr/bin" "usr/$distribution"
    (cd away && eval "$(ninja -t commands $finder | tail -n 1)") || fail "module.c for $distribution"
    echo "$link" | sed "s| -o docbao | $tmp/away/$finder -o $tmp/usr/bin/docbao |" >link.sh
    (cd "$build" && sh "$tmp/link.sh") || fail "docbao for $distribution is not linked"
    grep -q "DESTINATION \"\${CMAKE_INSTALL_PREFIX}/$distribution/docbao\"" away/cmake_install.cmake ||
        fail "modules are not installed in $distribution"
    cp -R "$libraries/docbao" "usr/$distribution/"
    cp -R "$prefix/share" usr/
    usr/bin/docbao --version >out
    cmp -s out built || fail "modules are not found in $distribution: $(diff out built)"
    for document in bai.txt bai.docx bai.html; do
        expect 0 usr/bin/docbao text --raw $document
        grep -q 'ủy ban nhân dân' out || fail "$document is read otherwise there: $(cat out)"
    done
    expect 0 usr/bin/docbao save --raw bai.txt -o there.opus
    # The other program would not find them there.
    cp "$program" usr/bin/docbao
    usr/bin/docbao --version | cmp -s - built && fail "this test finds modules anywhere"
    ;;
esac

# The library: it exports what its header declares, and a program finds it by pkg-config.
if command -v nm >/dev/null; then
    sed -e 's|/\*.*\*/||' "$prefix/include/docbao.h" | grep -oE '\bdocbao_[a-z_0-9]+\(' | tr -d '(' | sort -u >declared
    nm -D --defined-only "$libraries/libdocbao.so" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' |
        sort -u >exported
    cmp -s declared exported || fail "exported otherwise than declared: $(comm -3 declared exported | tr '\n' ' ')"
    nm -D --defined-only "$libraries/libdocbao.so" | grep -q 'docbao_open_file@@DOCBAO_' ||
        fail "the symbols have no version"
fi
if command -v "${CC:-cc}" >/dev/null && command -v pkg-config >/dev/null; then
    # pkg-config writes spaces of paths as "\ ".
    export PKG_CONFIG_PATH="$libraries/pkgconfig"
    eval "set -- $(pkg-config --cflags --libs docbao)"
    "${CC:-cc}" -std=c11 -Wall -Wextra -Werror "$SOURCE/examples/read_and_save.c" -o example "$@" 2>err ||
        fail "the example does not build: $(head -c 300 err)"
    expect 0 env LD_LIBRARY_PATH="$libraries" ./example bai.txt example.wav
    grep -q '^ngày mười lăm tháng năm .*họp.$' out || fail "the example prints: $(cat out)"
    expect 0 "$program" save bai.txt -o program.wav
    cmp -s example.wav program.wav || fail "the example saves another sound than the program"
    expect 2 env LD_LIBRARY_PATH="$libraries" ./example missing.txt missing.wav
    says 'missing.txt'
fi

# Manual pages: of all verbs, options and tables, and as mandoc wants them.
for name in man1/docbao.1 man1/sd_docbao.1 man5/docbao-rules.5 man5/docbao-voice.5 \
    man5/docbao-recipe.5; do
    for language in '' vi/; do
        page="$prefix/share/man/$language$name"
        [ -s "$page" ] || fail "no $language$name"
        # Of other characters than ASCII mandoc counts six, so that every Vietnamese line is long.
        level=style
        [ -z "$language" ] || level=warning
        if command -v mandoc >/dev/null; then
            mandoc -Tlint -W $level "$page" 2>&1 | grep -v -e 'referenced manual' -e 'mandoc.db' >lint
            [ ! -s lint ] || fail "$language$name: $(head -3 lint)"
        fi
    done
done
for key in $(sed -n 's/^KEY([a-z_]*, "\([a-z_]*\)".*/\1/p' "$SOURCE/src/publish/recipe_keys.def"); do
    for page in "$prefix/share/man/man5/docbao-recipe.5" "$prefix/share/man/vi/man5/docbao-recipe.5"; do
        grep -q "^\.It Cm $key\$" "$page" || fail "$page does not tell of the key $key"
    done
    grep -q "\`$key\`" "$SOURCE/docs/bulletin.md" || fail "docs/bulletin.md does not tell of the key $key"
done
for table in "$SOURCE"/assets/rules/*.tsv; do
    for page in "$prefix/share/man/man5/docbao-rules.5" "$prefix/share/man/vi/man5/docbao-rules.5"; do
        grep -qx ".It Pa ${table##*/}" "$page" || fail "${table##*/} is not in $page"
    done
done
"$program" --help | sed -n 's/^  *\(-., \)\{0,1\}--\([a-z-]*\).*/\2/p' | while read -r option; do
    grep -q "Fl -$option" "$prefix/share/man/man1/docbao.1" || echo "--$option"
done >missing
[ ! -s missing ] || fail "docbao(1) lacks $(cat missing)"

# Completions.
bash -n "$prefix/share/bash-completion/completions/docbao" || fail "bash cannot read its completion"
cat >complete.sh <<'END'
. "$1"
try() {
    COMP_WORDS=("${@:1:$#-1}" "${@: -1}")
    COMP_CWORD=$(($# - 1))
    compopt() { :; }
    _docbao docbao "${@: -1}" "${@: -2:1}"
    printf '%s\n' "${COMPREPLY[@]}"
}
echo "verb: $(try docbao bat)"
echo "option: $(try docbao save --prof)"
echo "value: $(try docbao save --profile pod)"
echo "other: $(try docbao text --prof)"
touch 'bài một.txt'
echo "file: $(try docbao text 'bài')"
echo "words:" $(try docbao lexicon '')
echo "after a word:" $(try docbao lexicon list '')
echo "none:" $(try docbao voices '')
echo "helped: $(try docbao help bat)"
END
bash complete.sh "$prefix/share/bash-completion/completions/docbao" >out 2>err
grep -qx 'option: --profile' out && grep -qx 'value: podcast' out && grep -qx 'other: ' out &&
    grep -qx 'file: bài một.txt' out && grep -qx 'verb: batch' out && grep -qx 'words: add remove list check' out &&
    grep -qx 'after a word:' out && grep -qx 'none:' out && grep -qx 'helped: batch' out ||
    fail "bash completes: $(cat out err)"
for shell in zsh fish; do
    command -v $shell >/dev/null || continue
    case $shell in
    zsh) file=share/zsh/site-functions/_docbao ;;
    fish) file=share/fish/vendor_completions.d/docbao.fish ;;
    esac
    $shell -n "$prefix/$file" || fail "$shell cannot read its completion"
done
if command -v fish >/dev/null; then
    # fish_completes LINE WORD...: exactly these words are offered behind the line.
    fish_completes() {
        fish --no-config -c 'source $argv[1]; complete -C $argv[2]' \
            "$prefix/share/fish/vendor_completions.d/docbao.fish" "$1" 2>err | cut -f 1 >out
        line=$1
        shift
        [ "$(echo $(cat out))" = "$*" ] || fail "fish completes “$line” as: $(cat out err)"
    }
    fish_completes 'docbao bat' batch
    fish_completes 'docbao save --prof' --profile
    fish_completes 'docbao save --profile pod' podcast
    fish_completes 'docbao --ui pl' plain
    fish_completes 'docbao bài.txt --ui pl' plain
    fish_completes 'docbao text --prof'
    fish_completes 'docbao lexicon ' add check list remove
    fish_completes 'docbao lexicon list '
    fish_completes 'docbao setup ' screen-reader
    fish_completes 'docbao voices '
    fish_completes 'docbao help bat' batch
    fish_completes 'docbao text bai.d' bai.docx
fi

# The desktop.
if command -v desktop-file-validate >/dev/null; then
    for entry in docbao docbao-feed; do
        desktop-file-validate "$prefix/share/applications/$entry.desktop" >out ||
            fail "$entry.desktop: $(cat out)"
    done
fi
if command -v appstreamcli >/dev/null; then
    appstreamcli validate --no-net "$prefix/share/metainfo/org.docbao.docbao.metainfo.xml" >out ||
        fail "metainfo: $(cat out)"
fi
finish
