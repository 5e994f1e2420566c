# Whether messages can be translated: awk -f messages.awk LABELS LIST. LABELS holds the messages that
# are no sentences, one a line (# begins a comment); LIST all messages, one a line.
# Prints what is wrong and leaves with 1 if there was anything.
FNR == 1 { file++ }

file == 1 {
    if ($0 != "" && $0 !~ /^#/)
        label[$0] = 1
    next
}

function complain(what) {
    printf "message \"%s\": %s\n", $0, what
    wrong = 1
}

{
    seen[$0] = 1
    plain = $0
    gsub(/%%/, "percent", plain)
    gsub(/%[-+0-9$.*]*(hh|h|ll|l|z|j)?[a-zA-Z]/, "\001", plain)
    if (plain ~ /^[ \t]|[ \t]$/)
        complain("begins or ends with white space: join the parts into one message")
    if (plain ~ /[[:alpha:]]\001|\001[[:alpha:]]/)
        complain("a placeholder is part of a word: use message_plural, or whole words")
    if (plain ~ /\001\001/)
        complain("two placeholders follow each other: write out what stands between them")
    if ($0 in label)
        next
    if (plain ~ /^[,;:.)]/ || plain ~ /[,;:(]$/)
        complain("begins or ends in the middle of a sentence")
    gsub(/\001/, " ", plain)
    gsub(/\\./, " ", plain)
    if (split(plain, words, /[^[:alpha:]\200-\377]+/) < 3)
        complain("is no sentence; if it is a label, add it to po/labels.txt")
}

END {
    for (l in label)
        if (!(l in seen)) {
            printf "po/labels.txt: \"%s\" is no message any more\n", l
            wrong = 1
        }
    exit wrong
}
