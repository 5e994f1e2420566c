"""sd_docbao as the server of speech-dispatcher sees it: sd_docbao.py MODULE."""
import os
import signal
import sys
import time

from sd_client import Module

failures = 0


def check(what, holds, seen=""):
    global failures
    if not holds:
        failures += 1
        print("FAILED:", what, seen)


def speak(inside):
    return f"<speak>{inside}</speak>"


def last(events):
    return events[-1][1]


LONG = speak("Người lái đò kể lại chuyện cũ cho khách nghe trong một chiều mưa. " * 60)
m = Module([sys.argv[1]])


def protocol():
    answer = m.init()
    check("INIT", answer[0][-1] == b"299 OK LOADED SUCCESSFULLY", answer)
    check("AUDIO", answer[2] == [b"203 OK AUDIO INITIALIZED"], answer)
    check("another way of sound is refused",
          m.ask("AUDIO\naudio_output_method=alsa\n.\n", 2)[1] == "303 ERROR INVALID PARAMETER OR VALUE")
    check("an unknown command", m.ask("SING\n")[0] == "300 ERR UNKNOWN COMMAND")
    check("LOGLEVEL", m.ask("LOGLEVEL\nlog_level=3\n.\n", 2)[1] == "203 OK LOGLEVEL SET")
    check("DEBUG", m.ask("DEBUG ON /tmp/x\n")[0] == "200 OK DEBUGGING ON")
    check("a wrong setting", m.set(rate=1000)[1] == "303 ERROR INVALID PARAMETER OR VALUE")
    check("an empty text", m.begin("") == "301 ERROR CANT SPEAK")
    check("two characters", m.begin("a\nb", "CHAR") == "305 DATA MORE THAN ONE LINE")
    m.send("STOP\nPAUSE\n")
    check("STOP and PAUSE of nothing", m.ask("LIST VOICES xx\n")[0] == "304 CANT LIST VOICES")
    m.send("LIST VOICES vi\n")
    voices = m.message()
    check("voices", b"200-bac-nam\tvi\tnone" in voices and voices[-1] == b"200 OK VOICE LIST SENT",
          voices)


def messages():
    events = m.say(speak("Xin chào."))
    check("a text", [e[1] for e in events] == ["701 BEGIN", "702 END"] and m.frames > 5000, events)
    same = m.sound
    m.say(speak("Xin chào."))
    check("the same text, the same sound", m.sound == same)
    for kind, text in (("CHAR", "á"), ("CHAR", "."), ("CHAR", "space"), ("CHAR", "😀"),
                       ("KEY", "control_shift_a"), ("KEY", "F5"), ("KEY", "kp_enter"),
                       ("SOUND_ICON", "message"), ("SPEAK", speak(".")), ("SPEAK", "a < b & c"),
                       ("SPEAK", speak("<b>lạ</i>")), ("SPEAK", b"\xff\xfe\x80 abc"),
                       ("SPEAK", speak("Hello world, this is all in English.")),
                       ("SPEAK", "....dấu chấm ở đầu dòng"), ("SPEAK", speak("漢字 α"))):
        events = m.say(text, kind)
        check(f"{kind} {text}", last(events) == "702 END" and m.frames > 1000, events)
    events = m.say(speak(" \n "))
    check("nothing to say ends too", [e[1] for e in events] == ["701 BEGIN", "702 END"], events)


def marks():
    plain = m.say(speak("Một hai ba bốn năm."))
    length = m.frames
    events = m.say(speak("".join(f'<mark name="__spd_{i}"/>{w} ' for i, w in
                                 enumerate("Một hai ba bốn năm.".split())) + '<mark name="z"/>'))
    frames = [f for f, text in events if text.startswith("__spd_")]
    check("marks change no sound", m.frames == length, (plain, events))
    check("a mark for each word, in order", [t for _, t in events[1:-1]] ==
          [f"__spd_{i}" for i in range(5)] + ["z"], events)
    check("marks are where their words are", frames == sorted(set(frames)) and frames[0] == 0
          and all(b - a > 2000 for a, b in zip(frames, frames[1:])), events)
    check("the last mark is at the end", events[-2] == (m.frames, "z"), events)
    m.begin(LONG.replace("kể", '<mark name="__spd_9"/>kể'))
    m.message()
    m.send("PAUSE\n")
    events = m.events()
    check("PAUSE ends at a mark", [t for _, t in events][-2:] == ["__spd_9", "704 PAUSE"], events)


def settings():
    def frames(**s):
        m.set(**s)
        m.say(speak("Một hai ba bốn năm sáu bảy."))
        return m.frames

    def loud(**s):
        frames(**s)
        samples = memoryview(m.sound).cast("h")
        return sum(abs(x) for x in samples) / len(samples)

    slow, usual, fast = frames(rate=-100), frames(rate=0), frames(rate=100)
    # Four times as fast, if it was built with libsonic.
    folder = os.path.dirname(os.path.abspath(sys.argv[1]))
    most = 3.2 if os.path.exists(folder + "/modules/docbao-speed.so") else 1.7
    check("rate", slow > 1.5 * usual and usual > most * fast, (slow, usual, fast))
    half = frames(rate=50)
    check("rate, half the way", usual > 1.5 * half and half > 1.2 * fast, (usual, half, fast))
    m.set(rate=0)
    whole, half = loud(volume=100), loud(volume=0)
    check("volume", 0.3 * whole < half < 0.8 * whole, (whole, half))
    m.set(volume=100)
    sounds = set()
    for s in ({"pitch": 50}, {"pitch": 0}, {"pitch_range": 80}, {"pitch_range": 0, "voice": "female1"},
              {"voice": "male1", "synthesis_voice": "nam-nu"}, {"synthesis_voice": "no-such-voice"}):
        frames(**s)
        sounds.add(m.sound)
    check("pitch, range and voices sound otherwise", len(sounds) == 5, len(sounds))
    m.set(synthesis_voice="NULL", voice="male1", pitch_range=0, pitch=0)
    plain = frames(punctuation_mode="none")
    m.say(speak("a * b (c)."))
    none = m.frames
    m.set(punctuation_mode="all")
    m.say(speak("a * b (c)."))
    check("punctuation", m.frames > 1.5 * none, (none, m.frames))
    m.set(punctuation_mode="none", spelling_mode="on")
    m.say(speak("xin"))
    spelled = m.frames
    m.set(spelling_mode="off", cap_let_recogn="spell")
    m.say(speak("xin"))
    check("spelling", spelled > 2 * m.frames, (spelled, m.frames))
    small = m.frames
    m.say(speak("Xin"))
    said = m.frames
    m.set(cap_let_recogn="icon")
    m.say(speak("Xin"))
    check("capitals", said > m.frames > small, (small, said, m.frames))
    m.set(cap_let_recogn="none")
    check("all as before", frames() == plain)


def languages():
    english = "Good morning, I don't know."
    m.say(speak(english))
    vietnamese = m.sound
    m.set(language="en")
    m.say(speak(english))
    asked = m.sound
    check("a voice of the language that is set", asked != vietnamese and len(asked) > 20000)
    m.say(speak("Chào buổi sáng, các bạn ở đây."))
    own = m.sound
    m.set(language="vi")
    m.say(speak("Chào buổi sáng, các bạn ở đây."))
    check("Vietnamese letters are Vietnamese, whatever is set", m.sound == own)
    m.set(language="en", synthesis_voice="bac-nam")
    m.say(speak(english))
    check("a Vietnamese voice that was chosen is used", m.sound == vietnamese)
    m.set(language="vi", synthesis_voice="NULL")
    events = m.say(speak(f'<voice xml:lang="en-US">{english}</voice><mark name="x"/> Xin chào.'))
    check("a stretch in another language", m.sound.startswith(asked[:20000])
          and [t for _, t in events] == ["701 BEGIN", "x", "702 END"], events)
    for hostile in ("s'" * 100, "[[a]]'''", "a\x01V", "\u0915\u0916", "x" * 5000, ""):
        events = m.say(speak(f'<voice xml:lang="en">{hostile}</voice>'))
        check(f"hostile {hostile[:9]}", last(events) == "702 END", events)


def stops():
    for _ in range(int(os.environ.get("PAIRS", "60"))):
        check("SPEAK", m.begin(LONG) == "200 OK SPEAKING")
        events = m.stop()[1]
        if [t for _, t in events] != ["701 BEGIN", "703 STOP"]:
            check("one event for each STOP", False, events)
            return
    m.send("STOP\n")
    check("a text after stops", last(m.say(speak("Xong rồi."))) == "702 END")


def interruptions():
    """An engine that is killed or stopped while it speaks: all is heard, and no sound changes."""
    some = speak("Người lái đò kể lại chuyện cũ cho khách nghe trong một chiều mưa. " * 8)
    m.say(some)
    whole = m.sound
    for number, name in ((signal.SIGKILL, "killed"), (signal.SIGSTOP, "stopped")):
        for depth, who in ((0, "keeper"), (1, "zygote"), (2, "worker")):
            m.begin(some)
            while m.frames < 20000 and m.message():
                pass
            for pid in m.children_at(depth):
                os.kill(pid, number)
            events = m.events()
            check(f"{who} {name} while it speaks", last(events) == "702 END" and m.sound == whole,
                  (events, m.frames, len(whole) // 2))


def faults():
    for number, name in ((signal.SIGKILL, "killed"), (signal.SIGSTOP, "stopped")):
        for depth, who in ((0, "keeper"), (1, "zygote"), (2, "worker")):
            m.say(speak("Chuẩn bị."))
            m.begin(LONG)
            while m.frames < 20000 and m.message():
                pass
            for pid in m.children_at(depth):
                os.kill(pid, number)
            m.stop()
            events = m.say(speak("Xin chào các bạn."))
            check(f"{who} {name}", last(events) == "702 END" and m.frames > 10000, events)


def lives(pid):
    """Whether the process runs: one that has ended may stay in the list until it is asked for."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as f:
            return f.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def ends():
    processes = [p for level in m.children() for p in level]
    check("QUIT", m.quit() == ("210 OK QUIT", 0))
    for how in ("end of file", "end inside a text", "SIGTERM"):
        other = Module([sys.argv[1]])
        other.init()
        other.begin(LONG)
        processes += [p for level in other.children() for p in level]
        if how == "SIGTERM":
            other.process.send_signal(signal.SIGTERM)
        else:
            other.send("SPEAK\n<speak>a" if how == "end inside a text" else "")
            other.process.stdin.close()
        other.process.stdout.close()
        try:
            other.process.wait(10)
        except Exception:  # it must end by itself
            check(how, False)
            other.kill()
    for _ in range(100):
        left = [p for p in processes if lives(p)]
        if not left:
            break
        time.sleep(0.1)
    check("no process is left", not left, left)


for part in (protocol, messages, marks, settings, languages, stops, interruptions, faults, ends):
    part()
sys.exit(failures > 0)
