"""sd_docbao as the server of speech-dispatcher sees it: sd_docbao.py MODULE ENGINE LIBRARY.

ENGINE is tests/engine_program.c: each of its sentences is of one level of its own. LIBRARY is
tests/sherpa_stand_in.c: all of its sound is of one level.
"""
import os
import select
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


def make_voice(name, engine, section):
    """A voice of an engine that is apart."""
    folder = os.environ["XDG_CONFIG_HOME"] + "/docbao/voices"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{name}.voice", "w", encoding="utf-8") as f:
        f.write(f"""[voice]
description = Giọng thử
engine = {engine}
dialect = north
gender = male
[speech]
rate = 400
[pause]
sentence = 350
block = 650
title = 900
[{engine}]
{section}
""")


def make_neural_voice(name, library):
    """A voice of sherpa-onnx, for which the library stands in."""
    folder = os.environ["XDG_CONFIG_HOME"]
    for file in ("model.onnx", "tokens.txt"):
        open(f"{folder}/{file}", "w", encoding="utf-8").close()
    make_voice(name, "sherpa", f"model = {folder}/model.onnx\ntokens = {folder}/tokens.txt\n"
                               f"data = {folder}\nthreads = 3\nlibrary = {library}")


for voice, arguments in (("kept", " 22050 3"), ("silent", " 22050 3 silent"), ("broken", " 22050 3 broken")):
    make_voice(voice, "command", f"program = {sys.argv[2]}{arguments}")
make_voice("missing", "command", "program = /no/such/program")
make_neural_voice("neural", sys.argv[3])
LONG = speak("Người lái đò kể lại chuyện cũ cho khách nghe trong một chiều mưa. " * 60)
LONG_ENOUGH = speak("Người lái đò kể lại chuyện cũ cho khách nghe trong một chiều mưa. " * 8)
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


def own_levels(sound):
    """The levels of the sound, if all of it is ENGINE's (silence aside); else None."""
    levels = set(memoryview(sound).cast("h")) - {0}
    return levels if levels and all(x % 10 == 0 for x in levels) and len(levels) < 9 else None


def other_engines():
    """A voice of an engine that is apart: the same events, and what fails costs no text."""
    m.send("LIST VOICES vi\n")
    names = [v.split(b"\t")[0] for v in m.message()]
    check("voices of other engines are listed", b"200-kept" in names and b"200-missing" not in names, names)
    text = speak('Một <mark name="a"/>hai ba <mark name="b"/>bốn.')
    m.set(synthesis_voice="bac-nam")
    m.say(text)
    bac_nam = m.sound
    m.set(synthesis_voice="kept")
    events = m.say(text)
    check("its sound", own_levels(m.sound) and m.frames > 6000, (m.frames, own_levels(m.sound)))
    check("its events", [t for _, t in events] == ["701 BEGIN", "a", "b", "702 END"]
          and events[1][0] < events[2][0] < m.frames, events)
    usual = m.frames
    m.set(rate=50)
    m.say(text)
    check("its rate", own_levels(m.sound) and m.frames < 0.8 * usual, (usual, m.frames))
    m.set(rate=0)
    check("a stretch in another language", last(m.say(speak('<voice xml:lang="en">Hello, world.</voice>')))
          == "702 END" and not own_levels(m.sound))
    m.begin(LONG)
    events = m.stop()[1]
    check("it is stopped", [t for _, t in events] == ["701 BEGIN", "703 STOP"], events)
    check("and goes on", last(m.say(text)) == "702 END" and own_levels(m.sound), own_levels(m.sound))
    m.begin(speak("Một hai. Cái hang đá. Ba bốn."))  # it hangs at "hang"
    while m.frames < 4000 and m.message():
        pass
    for pid in m.named("engine_program"):
        os.kill(pid, signal.SIGKILL)
    events = m.events()
    check("killed while it speaks: the other voice goes on",
          last(events) == "702 END" and m.frames > 20000 and not own_levels(m.sound), (events, m.frames))
    time.sleep(0.3)
    m.say(text)
    check("another process speaks the next text", own_levels(m.sound))
    events = m.say(speak('Một hai. Cái hang <mark name="c"/>đá.'))
    check("a hang costs one sentence", [t for _, t in events] == ["701 BEGIN", "c", "702 END"]
          and not own_levels(m.sound), events)
    time.sleep(0.3)
    m.say(text)
    check("it speaks again after a hang", own_levels(m.sound))
    for name in ("silent", "broken"):
        m.set(synthesis_voice=name)
        check(f"{name}: the other voice speaks", last(m.say(text)) == "702 END" and m.sound == bac_nam)
        began = time.monotonic()
        m.first_sound(text)
        check(f"{name}: nobody waits for it twice", time.monotonic() - began < 1, time.monotonic() - began)
        m.events()
    m.set(synthesis_voice="neural")
    events = m.say(text)
    levels = set(memoryview(m.sound).cast("h")) - {0}
    check("a neural voice", [t for _, t in events] == ["701 BEGIN", "a", "b", "702 END"]
          and m.rate == 16000 and len(levels) == 1, (events, m.rate, len(levels)))
    check("its hang costs one sentence", last(m.say(speak("Một hai. Cái hang đá."))) == "702 END"
          and m.rate == 22050, m.rate)
    time.sleep(0.5)
    m.say(text)
    check("it speaks again", m.rate == 16000, m.rate)
    m.set(synthesis_voice="NULL", voice="male1")
    m.say(text)
    check("the voice as before", m.sound == bac_nam)


def stops():
    for number in range(105):
        wrong = m.pair(number)
        if wrong:
            check(f"pair {number}", False, wrong)
            return
    m.send("STOP\n")
    check("a text after stops", last(m.say(speak("Xong rồi."))) == "702 END")


def interruptions():
    """An engine that is killed or stopped while it speaks: all is heard, and no sound changes."""
    m.say(LONG_ENOUGH)
    whole = m.sound
    for number, name in ((signal.SIGKILL, "killed"), (signal.SIGSTOP, "stopped")):
        for depth, who in ((0, "keeper"), (1, "zygote"), (2, "worker")):
            m.begin(LONG_ENOUGH)
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


def hunt(number, seconds):
    """Sends the signal to every process below the module as soon as it is there, until the text ends."""
    began, seen, known = time.monotonic(), [], set()
    while time.monotonic() - began < seconds and not (seen and seen[-1][1][:3] in ("702", "703")):
        for pid in (p for level in m.children() for p in level):
            if pid not in known or number == signal.SIGKILL:
                known.add(pid)
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    pass
        if b"\n" in m.bytes or select.select([m.process.stdout], [], [], 0.001)[0]:
            lines = m.message()
            if lines[-1] != b"705 AUDIO":
                seen.append((m.frames, lines[-1].decode()))
    return seen, time.monotonic() - began


def starts():
    """Engines that die or hang again and again as they start: an event says that the text was lost, and the
    next one is spoken."""
    for number, name in ((signal.SIGKILL, "killed"), (signal.SIGSTOP, "stopped")):
        m.begin(LONG)
        seen, seconds = hunt(number, 30)
        check(f"{name} at each start", seen and seen[-1][1] == "703 STOP", (seen, seconds))
        events = m.say(speak("Xin chào các bạn."))
        check(f"the text after {name} at each start", last(events) == "702 END" and m.frames > 10000, events)


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


for part in (protocol, messages, marks, settings, languages, other_engines, stops, interruptions, faults, starts, ends):
    part()
sys.exit(failures > 0)
