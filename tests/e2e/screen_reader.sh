# docbao setup screen-reader: the module is where speech-dispatcher looks for it, and goes again.
. "${0%/*}/lib.sh"
unset XDG_CONFIG_HOME XDG_DATA_HOME
mkdir -p "$tmp/nha toi" bin # a space in the path
HOME="$tmp/nha toi"
export HOME
link="$HOME/.local/libexec/speech-dispatcher-modules/sd_docbao"
conf="$HOME/.config/speech-dispatcher/speechd.conf"
system=/etc/speech-dispatcher/speechd.conf
# Whether speech-dispatcher is installed here shall not matter: only that its name is found.
printf '#!/bin/sh\n' >bin/speech-dispatcher
chmod +x bin/speech-dispatcher
PATH="$tmp/bin:$PATH"

usage "$DOCBAO" setup
usage "$DOCBAO" setup screen
usage "$DOCBAO" setup screen-reader twice
usage "$DOCBAO" text --remove x

PATH=/nonexistent expect 1 "$DOCBAO" setup screen-reader
says 'install the package speech-dispatcher'
[ -e "$HOME/.local" ] && fail "something was installed without speech-dispatcher"

# Nothing there: a link, and the data folder without which it is not looked for.
for time in first second; do
    expect 0 "$DOCBAO" setup screen-reader
    grep -q 'Orca' out || fail "$time time: nothing about Orca"
    [ -x "$link" ] && [ -d "$HOME/.local/share" ] || fail "$time time: no module"
done
# The machine's own file is copied only if it needs lines of ours.
if grep -qi '^ *SymbolsPreproc  *"*char' $system 2>/dev/null; then
    [ "$(tail -2 "$conf" | head -1)" = 'SymbolsPreproc "no"' ] || fail "marks are still replaced"
elif ! grep -qi '^ *\(AddModule\|SymbolsPreproc\) ' $system 2>/dev/null; then
    [ -e "$conf" ] && fail "a speechd.conf was made"
fi
expect 0 "$DOCBAO" setup screen-reader --remove
[ -z "$(ls -A "$HOME")" ] || fail "something is left: $(cd "$HOME" && find .)"
expect 0 "$DOCBAO" setup screen-reader --remove

# A speechd.conf that names modules keeps every byte, and a copy of it is kept.
mkdir -p "${conf%/*}"
printf 'LogLevel 3\naddmodule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf" # no line end' >"$conf"
cp "$conf" before
expect 0 "$DOCBAO" setup screen-reader
grep -q "$conf.before-docbao" out || fail "the copy is not named: $(cat out)"
expect 0 "$DOCBAO" setup screen-reader
grep -q "$conf" out && fail "it says that it changes what it did not: $(cat out)"
[ "$(grep -c '^AddModule "docbao" "sd_docbao"' "$conf")" = 1 ] || fail "not named once: $(cat "$conf")"
cmp -s before "$conf.before-docbao" || fail "no copy"
expect 0 "$DOCBAO" setup screen-reader --remove
{ cat before && echo; } >with_end
cmp -s with_end "$conf" || fail "the file is not as it was: $(cat "$conf")"

# One that names none is left alone, and so is a module of somebody else.
printf 'LogLevel 3\n# AddModule "x"\n' >"$conf"
cp "$conf" before
expect 0 "$DOCBAO" setup screen-reader
cmp -s before "$conf" || fail "a file that names no module was changed"
expect 0 "$DOCBAO" setup screen-reader --remove
mkdir -p "${link%/*}"
echo mine >"$link"
expect 2 "$DOCBAO" setup screen-reader
says 'is there already'
expect 0 "$DOCBAO" setup screen-reader --remove
[ "$(cat "$link")" = mine ] || fail "what is not ours was removed"
finish
