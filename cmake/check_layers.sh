#!/bin/sh
# Checks which file may include which: check_layers.sh [FOLDER], the folder that holds src/ (default: here).
# Prints each line that breaks a rule, and the rule; leaves with 1 if there was one.
set -eu

root=${1:-$(dirname "$0")/..}
cd "$root"
files=$(find src \( -name '*.c' -o -name '*.h' -o -name '*.def' \) | LC_ALL=C sort)
if [ -z "$files" ]; then
    echo "check_layers: no source file in $PWD/src" >&2
    exit 1
fi

# The names of our files have no white space: a rule of its own, checked here.
case $files in *" "*) echo "check_layers: a space in a file name" >&2; exit 1 ;; esac

# shellcheck disable=SC2086 # one argument a file
LC_ALL=C awk '
BEGIN {
    # A room, and the rooms whose headers it may include besides its own.
    rooms["base"]    = ""
    rooms["lang"]    = "base"
    rooms["rules"]   = "base lang"
    rooms["article"] = "base rules"
    rooms["library"] = "base article"
    rooms["module"]  = "base article session sink publish serve"
    rooms["text"]    = "base lang rules article"
    rooms["synth"]   = "base lang rules"
    rooms["sink"]    = "base article"
    rooms["publish"] = "base article"
    rooms["session"] = "base lang rules article library text synth sink"
    rooms["docbao"]  = "base lang rules article library text synth sink session publish"
    rooms["serve"]   = "docbao base"
    rooms["cli"]     = "docbao base serve"
    rooms["sd_docbao"] = "docbao base"

    # The floors of src/text, from the ground up. A file may include the headers of lower floors
    # and its own. The classes are one floor: none may include another, but all may include the
    # helpers below them.
    split("classes.def doubts.def options|token_class atoms|view|full_stop|definitions breath character_name credit english glue lexicon" \
        "|sentences lexicon_file pause style utterance" \
        "|bracket classes/class classes/evidence classes/capitals classes/committee classes/stock classes/unmarked_name classes/highland" \
        "|classes/english_word classes/unit classes/expansion classes/mixed_case|classes/numeral|classes/amount classes/calendar classes/digit_groups classes/primes classes/weekday" \
        "|classes/date_forms classes/name_forms classes/day_month|classes/date_context classes/date_part" \
        "|classes/date_evidence|classes|normalize|doubts recall", text_floors, "|")
    for (number in text_floors) {
        count = split(text_floors[number], part, " ")
        for (k = 1; k <= count; k++)
            floor["text/" part[k]] = number + 0
    }

    # A header of somebody else (how its name begins), and the one file that may drive it.
    driver["espeak-ng/"]  = "src/synth/espeak/library.h"
    driver["portaudio"]   = "src/module/device.c"
    driver["pa_"]         = "src/module/device.c"
    driver["alsa/"]       = "src/module/device.c"
    driver["vorbis/"]     = "src/module/vorbis.c"
    driver["opusenc"]     = "src/module/opus.c"
    driver["lame/"]       = "src/module/mp3.c"
    driver["libav"]       = "src/module/(aac|decoder_av).c"
    driver["libintl"]     = "src/base/(language|message).c"
    driver["ini.h"]       = "src/(synth/voice|docbao/profile).c"
    driver["nettle/sha2.h"] = "src/base/sha256.c"
    driver["nettle/base64.h"] = "src/base/base64.c"
    driver["yajl"]        = "src/(article/format/(json_ld|feed_json)|cli/(control|control_line|batch/log)|serve/request_json).c"
    driver["sonic.h"]     = "src/synth/speed.c"
    driver["sndfile"]     = "src/module/(decoder|flac).c"
    driver["soxr"]        = "src/module/resample.c"
    driver["systemd/"]    = "src/module/mpris.c"
    driver["ncurses"]     = "src/cli/screen(_draw|_terminal)?.[ch]"
    driver["utf8proc"]    = "src/base/nfc.c"
    driver["zip.h"]       = "src/module/zip.c"
    driver["zlib.h"]      = "src/module/(gzip|http).c"
    driver["microhttpd"]  = "src/module/http.c"
    driver["sqlite3"]     = "src/module/sqlite.c"
    driver["pango/"]      = "src/module/picture.c"
    driver["poppler"]     = "src/module/pdf.c"
    driver["glib"]        = "src/module/pdf.c"
    driver["md4c"]        = "src/article/format/markdown.c"
    driver["curl/"]       = "src/module/fetch.c"
    driver["libxml/"]     = "src/module/html.c"

    # What C11, POSIX and Linux offer may be used everywhere.
    system_headers = " assert ctype errno fenv float inttypes iso646 limits locale math setjmp" \
        " signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string" \
        " tgmath threads time uchar wchar wctype dirent dlfcn fcntl fnmatch getopt glob" \
        " langinfo libgen poll pthread pwd regex sched semaphore spawn strings syslog termios" \
        " unistd wordexp ifaddrs endian byteswap features execinfo elf link malloc "
}

function complain(rule) {
    printf "%s:%d: %s\n    %s\n", FILENAME, FNR, $0, rule
    broken = 1
}

function room_of(path,    part) {
    split(path, part, "/")
    return part[2]
}

function folder_of(path) {
    sub(/\/[^\/]*$/, "", path)
    return path
}

function may(room, other) {
    return room == other || index(" " rooms[room] " ", " " other " ") > 0
}

# The floor of a file of src/text; 0 if it has none.
function floor_of(path) {
    sub(/\.[ch]$/, "", path)
    if (path in floor)
        return floor[path]
    return path ~ /^text\/classes\// ? floor["text/classes"] : 0
}

function check_floors(name,    self, own) {
    self = FILENAME
    sub(/^src\//, "", self)
    own = floor_of(self)
    if (!own || !floor_of(name))
        complain("no such floor of src/text: give the file a place in cmake/check_layers.sh")
    else if (floor_of(name) >= own && substr(name, 1, length(name) - 2) != substr(self, 1, length(self) - 2))
        complain("of src/text a file may include only lower floors (cmake/check_layers.sh)")
}

# Inside article/: the model, then input/, format/ and find/, then read.c, which joins them. Each may
# include the layers before it.
function article_layer(path) {
    if (path ~ /^(src\/)?article\/(article|reasons|source_map)\./)
        return 1
    if (path ~ /^(src\/)?article\/input\//)
        return 2
    if (path ~ /^(src\/)?article\/format\//)
        return 3
    return path ~ /^(src\/)?article\/find\// ? 4 : 5
}

function check_ours(name,    room, other) {
    room = room_of(FILENAME)
    other = name
    sub(/\/.*/, "", other)
    if (!(room in rooms))
        complain("no such room: " room "; give it a row in cmake/check_layers.sh")
    else if (name ~ /(^|\/)\.\.?(\/|$)/ || !(other in rooms))
        complain("name a header from src/ on, room first: \"base/sv.h\"")
    else if (name == "docbao/docbao.h" && (room != "base" || FILENAME == "src/base/err.h"))
        return # the public types; it includes nothing of ours, and base needs only enum docbao_status
    else if (FILENAME == "src/docbao/docbao.h")
        complain("docbao.h stands alone: only <...> of the C library")
    else if (room ~ /^(cli|sd_docbao|serve)$/ && other == "docbao" && name != "docbao/docbao.h")
        complain("of src/docbao a program may include docbao.h alone")
    else if (name ~ /^synth\/[^\/]+\// && index(FILENAME, "src/" folder_of(name) "/") != 1)
        complain(folder_of(name) " is one engine: only its own files include its headers")
    else if (!may(room, other))
        complain(room " may include " (rooms[room] == "" ? "nothing" : "only " rooms[room]) " (and itself)")
    else if (room == "text" && other == "text")
        check_floors(name)
    else if (room == "article" && other == room && article_layer(FILENAME) < article_layer(name))
        complain("in article/ data goes from input/ to format/ to find/ to read.c, never back")
}

function check_theirs(name,    prefix, owner, short) {
    for (prefix in driver) {
        if (index(name, prefix) != 1)
            continue
        owner = driver[prefix]
        short = owner
        gsub(/\./, "\\.", short)
        gsub(/\*/, "[^/]*", short)
        if (FILENAME !~ "^" short "$")
            complain("<" name "> belongs in " owner " alone")
        return
    }
    if (name ~ /^(sys|linux|netinet|arpa|net)\//)
        return
    short = name
    sub(/\.h$/, "", short)
    if (index(system_headers, " " short " ") == 0)
        complain("<" name "> has no owner: say in cmake/check_layers.sh which one file drives it")
}

/^[ \t]*#[ \t]*include/ {
    line = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", line)
    name = line
    sub(/^[<"]/, "", name)
    sub(/[>"].*/, "", name)
    if (line ~ /^"/)
        check_ours(name)
    else if (line ~ /^</)
        check_theirs(name)
    else
        complain("an include must name its file")
}

END { exit broken }
' $files
