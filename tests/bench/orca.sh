# Orca with docbao, on a screen that nobody sees: orca.sh DOCBAO. A window of GTK and a page in Firefox are
# walked through and read as a whole; prints what Orca said, and fails if something was not said, or if the
# words of what is read as a whole were not told while they were heard.
#
# In a home, a session bus, a sound server and a server of speech-dispatcher of its own. It takes a minute.
set -u
docbao=$(realpath "$1")
if [ -z "${ORCA_FOLDER:-}" ]; then
    ORCA_FOLDER=$(mktemp -d)
    export ORCA_FOLDER
    : >"$ORCA_FOLDER/errors"
    Xvfb -displayfd 3 -screen 0 1024x768x24 3>"$ORCA_FOLDER/display" 2>/dev/null &
    screen=$!
    sleep 2
    DISPLAY=:$(cat "$ORCA_FOLDER/display") dbus-run-session -- sh "$0" "$docbao" 2>"$ORCA_FOLDER/errors"
    code=$?
    kill $screen
    [ $code = 0 ] || tail -20 "$ORCA_FOLDER/errors"
    rm -rf "$ORCA_FOLDER"
    exit $code
fi

cd "$ORCA_FOLDER" || exit 1
failures=0
python=/usr/bin/python3 # the one that the packages of the distribution belong to
[ -x $python ] || python=python3
export HOME="$ORCA_FOLDER/home" XDG_RUNTIME_DIR="$ORCA_FOLDER/run" LC_ALL=C.UTF-8
unset XDG_CONFIG_HOME XDG_DATA_HOME
export PULSE_SERVER="unix:$ORCA_FOLDER/sound" SPEECHD_ADDRESS="unix_socket:$ORCA_FOLDER/server"
mkdir -p "$HOME/.local/share/orca" "$HOME/firefox" conf log
mkdir -m 700 run

cat >window.py <<'END'
import gi
gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk
window = Gtk.Window(title="Sổ ghi chép")
box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
entry = Gtk.Entry(text="Ngày 15/5/2016")
text = Gtk.TextView()
text.get_buffer().set_text("UBND tỉnh họp lần 2.\nGiá xăng tăng 5%, còn 23.500 đồng/lít.")
for part in (entry, Gtk.Button(label="Lưu tệp"), Gtk.CheckButton(label="Nhớ mật khẩu"), text):
    box.add(part)
window.add(box)
window.show_all()
entry.grab_focus()
GLib.timeout_add_seconds(60, Gtk.main_quit)
Gtk.main()
END
cat >page.html <<'END'
<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Báo Làng</title>
<h1>UBND tỉnh họp ngày 15/5/2016</h1>
<p>Giá xăng tăng 5%, còn 23.500 đồng/lít. <a href="#x">Đọc tiếp</a></p><button>Gửi ý kiến</button></html>
END
cat >"$HOME/firefox/user.js" <<'END'
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("termsofuse.bypassNotification", true);
user_pref("network.dns.disabled", true);
user_pref("accessibility.force_disabled", -1);
END
server='"speechServerFactory": "speechdispatcherfactory", "speechServerInfo": ["docbao", "docbao"]'
voice='"established": true, "family": {"name": "bac-nam", "lang": "vi", "dialect": "", "variant": null}'
cat >"$HOME/.local/share/orca/user-settings.conf" <<END
{"general": {"startingProfile": ["Default", "default"], "profile": ["Default", "default"], $server},
 "pronunciations": {}, "keybindings": {}, "profiles": {"default": {"profile": ["Default", "default"],
 "pronunciations": {}, "keybindings": {}, $server, "voices": {"default": {$voice}}}}}
END
printf 'LogLevel 5\nLogDir "%s/log"\nAudioOutputMethod "pulse"\nSymbolsPreproc "no"\n' "$ORCA_FOLDER" >conf/speechd.conf

pulseaudio -n --exit-idle-time=-1 --daemonize=no --use-pid-file=no \
    -L "module-native-protocol-unix auth-anonymous=1 socket=$ORCA_FOLDER/sound" \
    -L "module-null-sink rate=22050 channels=1" >/dev/null 2>&1 &
running=$!
"$docbao" setup screen-reader >/dev/null || exit 1
speech-dispatcher -s -C conf -S "$ORCA_FOLDER/server" -P pid -t 0 >/dev/null 2>&1 &
running="$! $running"
openbox >/dev/null 2>&1 &
running="$! $running"
gsettings set org.gnome.desktop.interface toolkit-accessibility true
sleep 2
orca --debug-file=heard >orca.out 2>&1 &
running="$! $running"

# keys SECONDS KEY...: presses them, so many seconds after another.
keys() {
    seconds=$1
    shift
    for key in "$@"; do
        xdotool key "$key"
        sleep "$seconds"
    done
}

# within SECONDS COMMAND...: waits until the command is true.
within() {
    halves=$((2 * $1))
    shift
    until "$@" || [ $halves = 0 ]; do
        sleep 0.5
        halves=$((halves - 1))
    done
    "$@"
}

# has TEXT: whether the server has sent it to docbao. Orca's own notes come too late to wait for.
has() {
    sed 's/<mark [^>]*>//g' log/speech-dispatcher.log 2>/dev/null | grep -aq "$1"
}

# said WHAT TEXT: fails if it is not said soon.
said() {
    within 20 has "$2" && return
    echo "FAILED: $1: not said: $2"
    failures=$((failures + 1))
}

# has_told LEAST: whether so many words were told since the last time.
told=0
has_told() {
    all=$(grep -ac 'reporting index mark .[0-9]*:' log/speech-dispatcher.log)
    [ $((all - told)) -ge "$1" ]
}

# told WHAT LEAST: fails if they are not told soon.
told() {
    within 30 has_told "$2" || failures=$((failures + 1))
    echo "$1: $((all - told)) words were told while they were heard"
    told=$all
}

said start "Screen reader on"
$python window.py &
window=$!
said window "Ngày 15/5/201"
keys 2 Tab
said window "Lưu tệp push button"
keys 2 Tab space
said window "Nhớ mật khẩu check box not checked"
within 20 has ">checked"
keys 2 Tab ctrl+Home
has_told 0
told=$all
keys 1 KP_Add
said "window, as a whole" "Giá xăng tăng 5%, còn 23.500 đồng"
told "window, as a whole" 10
kill $window

read_page() {
    "$firefox" --no-remote --new-instance --profile "$HOME/firefox" "$ORCA_FOLDER/page.html" >/dev/null 2>&1 &
    page=$!
    within 60 has "Page has 1 heading"
    sleep 5 # it reads the page by itself until a key is pressed
    keys 3 ctrl+Home Down Tab h
    said page "UBND tỉnh họp ngày 15/5/2016 heading level 1"
    said page "Đọc tiếp"
    has_told 0
    told=$all
    keys 1 KP_Add
    said "page, as a whole" "Gửi ý kiến"
    told "page, as a whole" 12
    kill $page
}

firefox=$(command -v firefox-esr || command -v firefox)
if [ -n "$firefox" ]; then
    read_page
else
    echo "page: not read, Firefox is not installed"
fi

for process in $running; do
    kill "$process"
    wait "$process" 2>/dev/null
done
grep -o "SPEECH OUTPUT: '[^']*'" heard | sed "s/SPEECH OUTPUT: /Orca: /"
complaints=$(grep -ac 'bogus\|unexpected\|Unknown event\|Broken pipe' log/speech-dispatcher.log)
echo "speech-dispatcher: $(grep -ac 'Got audio: eventually' log/speech-dispatcher.log) pieces of sound, $complaints complaints"
[ "$complaints" = 0 ] || failures=$((failures + 1))
echo "Orca: was told of $(grep -c 'Got mark' heard) words"
[ $failures = 0 ]
