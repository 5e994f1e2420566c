"""A client of modules of speech-dispatcher, for the tests and the bench: talks as the server does."""
import os
import re
import select
import signal
import subprocess
import time


class Module:
    """A module that runs. Messages are lists of lines; sound is counted in `frames`."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)
        self.bytes = b""
        self.frames = 0
        self.sound = b""
        self.rate = 0  # frames a second

    def send(self, text):
        self.process.stdin.write(text if isinstance(text, bytes) else text.encode())
        self.process.stdin.flush()

    def _line(self, until):
        while b"\n" not in self.bytes:
            left = until - time.monotonic()
            ready = select.select([self.process.stdout], [], [], max(0, left))[0]
            got = os.read(self.process.stdout.fileno(), 1 << 16) if ready else b""
            if not got:
                return None
            self.bytes += got
        line, self.bytes = self.bytes.split(b"\n", 1)
        return line

    def message(self, seconds=20):
        """The next message, without its last line's number for sound; None: none came."""
        lines, until = [], time.monotonic() + seconds
        while True:
            line = self._line(until)
            if line is None:
                return None
            lines.append(line)
            if len(line) < 4 or line[3:4] == b" ":
                break
        if lines[-1] == b"705 AUDIO":
            self._take_sound(lines)
        return lines

    def _take_sound(self, lines):
        raw = next(l for l in lines if l.startswith(b"705-AUDIO\0"))[10:]
        fields = dict(l[4:].split(b"=") for l in lines if b"=" in l and not l.startswith(b"705-AUDIO"))
        pcm = re.sub(rb"\x7d(.)", lambda m: bytes([m[1][0] ^ 0x20]), raw, flags=re.S)
        assert b"\n" not in raw and len(pcm) == 2 * int(fields[b"num_samples"]) <= 10000, fields
        assert fields[b"bits"] == b"16" and fields[b"num_channels"] == b"1"
        self.frames += len(pcm) // 2
        self.rate = int(fields[b"sample_rate"])
        self.sound += pcm

    def init(self):
        self.send("INIT\n")
        answer = self.message()
        self.send("AUDIO\naudio_output_method=server\n.\n")
        return answer, self.message(), self.message()

    def ask(self, text, answers=1):
        """Sends, and returns the last lines of so many messages."""
        self.send(text)
        got = [self.message() for _ in range(answers)]
        return [m[-1].decode() if m else None for m in got]

    def set(self, **settings):
        return self.ask("SET\n" + "".join(f"{k}={v}\n" for k, v in settings.items()) + ".\n", 2)

    def begin(self, text, kind="SPEAK"):
        """Sends a message. Returns the answer: 200 OK SPEAKING, or a refusal."""
        self.frames, self.sound = 0, b""
        self.send(kind + "\n")
        assert self.message() == [b"202 OK RECEIVING MESSAGE"]
        raw = text if isinstance(text, bytes) else text.encode()
        self.send(re.sub(rb"(?m)^\.", b"..", raw) + b"\n.\n")
        return self.message()[-1].decode()

    def events(self, seconds=20):
        """Events to the end of the message, as (frames before it, text)."""
        seen = []
        while True:
            m = self.message(seconds)
            if m is None:
                return seen + [(self.frames, "nothing more")]
            if m[-1] != b"705 AUDIO":
                text = m[0][4:].decode() if m[-1] == b"700 INDEX MARK" else m[-1].decode()
                seen.append((self.frames, text))
                if text[:3] in ("702", "703", "704"):
                    return seen

    def say(self, text, kind="SPEAK"):
        answer = self.begin(text, kind)
        return self.events() if answer.startswith("200") else [(0, answer)]

    def first_sound(self, text, kind="SPEAK"):
        """Milliseconds from the end of the command to the first sound, and the rest is there."""
        self.frames, self.sound = 0, b""
        self.send(kind + "\n")
        self.message()
        began = time.monotonic()
        self.send(text + "\n.\n")
        while True:
            if self.message()[-1] == b"705 AUDIO":
                return (time.monotonic() - began) * 1000

    def stop(self):
        """Stops, and returns the milliseconds to 703 and the events up to it."""
        began = time.monotonic()
        self.send("STOP\n")
        events = self.events()
        return (time.monotonic() - began) * 1000, events

    def pair(self, number):
        """A SPEAK and its STOP, which comes in one of many ways. Returns what is wrong with the events, or
        None: after the acknowledgement one 200, one 701, each mark once and in order, sound, one end, and
        nothing between that and the answer to the next command."""
        words = 3 if number % 3 == 2 else 60
        text = "".join(f'<mark name="{i}"/>mai ' for i in range(words))
        way = number % 7
        self.frames, self.sound = 0, b""
        self.send("SPEAK\n")
        if self.message() != [b"202 OK RECEIVING MESSAGE"]:
            return "no acknowledgement"
        self.send(f"<speak>{text}</speak>\n.\n" + ("STOP\n" if way == 0 else ""))
        seen, ended = [], False
        while not ended:
            m = self.message()
            if m is None:
                return f"no end: {seen}"
            last = m[-1].decode()
            seen.append("mark " + m[0][4:].decode() if last == "700 INDEX MARK" else last)
            ended = last[:3] in ("702", "703", "704")
            begun = last == "701 BEGIN"
            if begun and way in (1, 2, 3):
                time.sleep(number % 11 / 2000)  # around the end of the short ones
            if (begun and way < 4) or (last == "705 AUDIO" and way >= 4 and seen.count(last) == way - 3):
                self.send("PAUSE\nSTOP\n" if way == 2 else "STOP\nSTOP\n" if way == 3 else "STOP\n")
        self.send("LIST VOICES xx\n")
        after = self.message()
        marks = [e[5:] for e in seen if e.startswith("mark ")]
        rest = [e for e in seen[2:-1] if not e.startswith("mark ") and e != "705 AUDIO"]
        ends = {"702 END", "703 STOP"} | ({"704 PAUSE"} if way == 2 else set())
        if after != [b"304 CANT LIST VOICES"]:
            return f"after the end came {after}"
        if seen[:2] != ["200 OK SPEAKING", "701 BEGIN"] or rest or seen[-1] not in ends:
            return f"events {seen}"
        if marks != [str(i) for i in range(len(marks))] or (seen[-1] == "702 END" and len(marks) != words):
            return f"marks {marks} before {seen[-1]}"
        return None

    def children(self):
        """Processes below this one, by depth: keeper, zygote, workers."""
        level, levels = [self.process.pid], []
        while level:
            below = []
            for pid in level:
                try:
                    with open(f"/proc/{pid}/task/{pid}/children") as f:
                        below += [int(p) for p in f.read().split()]
                except OSError:
                    pass
            if below:
                levels.append(below)
            level = below
        return levels

    def children_at(self, depth):
        """The same of one depth; what was just started anew is waited for."""
        for _ in range(1000):
            levels = self.children()
            if len(levels) > depth:
                return levels[depth]
            time.sleep(0.01)
        raise TimeoutError(f"no process of depth {depth}: {levels}")

    def named(self, name):
        """Processes below this one that run the program of that name."""
        found = []
        for pid in (p for level in self.children() for p in level):
            try:
                with open(f"/proc/{pid}/comm", encoding="utf-8") as f:
                    if f.read().strip() == name[:15]:
                        found.append(pid)
            except OSError:
                pass
        return found

    def memory(self):
        """Kilobytes of its own."""
        with open(f"/proc/{self.process.pid}/smaps_rollup") as f:
            return sum(int(l.split()[1]) for l in f if l.startswith("Private"))

    def quit(self):
        answer = self.ask("QUIT\n")[0]
        return answer, self.process.wait(10)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
