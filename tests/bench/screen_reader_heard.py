"""What is heard of modules of speech-dispatcher, through the real server: screen_reader_heard.py DOCBAO
TIMES MODULE...

The server plays into the null sink of a PulseAudio of its own; what the sink would play is recorded with
the time at which it comes. A MODULE is a name that the server knows, such as docbao or espeak-ng; DOCBAO
sets up the first. All take turns, so that they meet the same machine. The figures hold what the server and
PulseAudio need, which is the same for all.
"""
import array
import collections
import os
import select
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

RATE = 22050
SILENCE_S = 0.15  # so long without a sample that is not zero: it has ended
TEXTS = ["Xin chào các bạn.", "Nút Lưu.", "Hôm nay trời đẹp, gió nhẹ.", "Liên kết đã truy cập.",
         "Mở tệp báo cáo ngày 15/5/2024."]
LONG = "ôi yêu lại mai này năm mưa " * 20
GAP_S = 0.01  # a shorter silence is inside of sound
EARLY_S = 0.02  # times are no more exact than that; it was silent, or soft, for longer
# What is interrupted is spoken so softly that no sample of it is LOUD: the text after it may follow without
# any silence between, and is loud from its first letter on.
SOFT, LOUD = -90, 3000
NEXT = "Áo xanh."
PAIRS = 300


class Ear:
    """Listens to the null sink: when samples came that are not zero.

    A sample's time is counted from its place in the recording, which runs as evenly as the sink does. The
    sink makes a block when the one before has been played, give or take some milliseconds: the median of the
    last blocks tells when the recording began.
    """

    def __init__(self, env):
        self.process = subprocess.Popen(
            ["parec", "-d", "heard.monitor", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1",
             "--latency-msec=2", "--process-time-msec=1"], stdout=subprocess.PIPE, env=env)
        self.lock = threading.Lock()
        self.sounds = []  # [first, last] sample of each run of sound
        self.loud = []    # the same of loud sound
        self.samples = 0  # in all
        self.began = collections.deque(maxlen=500)  # by each of the last blocks
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        rest = b""
        while True:
            block = os.read(self.process.stdout.fileno(), 1 << 14)
            if not block:
                return
            now = time.monotonic()
            rest += block
            whole, rest = rest[:len(rest) & ~1], rest[len(rest) & ~1:]
            with self.lock:
                for at, sample in enumerate(array.array("h", whole)):
                    if sample:
                        self._note(self.sounds, self.samples + at)
                    if abs(sample) > LOUD:
                        self._note(self.loud, self.samples + at)
                self.began.append(now - self.samples / RATE)
                self.samples += len(whole) // 2

    @staticmethod
    def _note(runs, at):
        if runs and at - runs[-1][1] < GAP_S * RATE:
            runs[-1][1] = at
        else:
            runs.append([at, at])

    def _time(self, sample):
        return statistics.median(self.began) + sample / RATE

    def first_after(self, when, loud=False, seconds=5):
        """The time of the first sound that begins after `when`."""
        runs = self.loud if loud else self.sounds
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self.lock:
                begins = [self._time(b) for b, _ in runs[-20:]]
                found = [b for b in begins if b > when - EARLY_S]
            if found:
                return found[0]
            time.sleep(0.002)
        raise TimeoutError("nothing was heard")

    def last(self):
        """The time of the last sound, when it has been silent for long enough."""
        while True:
            with self.lock:
                end = self._time(self.sounds[-1][1]) if self.sounds else 0
            if time.monotonic() - end > SILENCE_S:
                return end
            time.sleep(0.01)


class Client:
    """A client of the server (SSIP)."""

    def __init__(self, path, module):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.bytes = b""
        self.events = []
        for command in (f"SET SELF CLIENT_NAME bench:{module}:main", f"SET SELF OUTPUT_MODULE {module}",
                        "SET SELF LANGUAGE vi", "SET SELF PUNCTUATION none"):
            answer = self.ask(command)
            assert answer[0] == "2", (command, answer)

    def ask(self, command):
        self.socket.sendall((command + "\r\n").encode())
        while True:
            line = self.line()
            if not line.startswith("70"):
                return line

    def line(self):
        """The last line of the next answer or event; an event is noted."""
        while True:
            while b"\n" not in self.bytes:
                self.bytes += self.socket.recv(1 << 16)
            line, self.bytes = self.bytes.split(b"\n", 1)
            line = line.decode().rstrip("\r")
            if line[3:4] == " ":
                if line.startswith("70"):
                    self.events.append(line)
                return line

    def take_event(self):
        """Waits a moment for one."""
        if b"\n" in self.bytes or select.select([self.socket], [], [], 0.1)[0]:
            self.line()

    def speak(self, text):
        """Gives the time at which the text was sent."""
        self.ask("SPEAK")
        began = time.monotonic()
        self.ask(text + "\r\n.")
        return began

    def stop(self):
        began = time.monotonic()
        self.ask("STOP SELF")
        return began

    def wrong_pairs(self, count):
        """How many of so many pairs of SPEAK and STOP do not give BEGIN and one END or CANCEL, in order."""
        self.ask("SET SELF NOTIFICATION ALL ON")
        wrong = 0
        for i in range(count):
            self.events = []
            self.ask("SPEAK")
            self.ask(LONG + "\r\n.")
            until = time.monotonic() + 5
            while "701 BEGIN" not in self.events and time.monotonic() < until:
                self.take_event()
            time.sleep(i % 7 / 100)
            self.ask("STOP SELF")
            while self.events[-1:] != ["703 CANCELED"] and time.monotonic() < until:
                self.take_event()
            wrong += self.events != ["701 BEGIN", "703 CANCELED"]
        self.ask("SET SELF NOTIFICATION ALL OFF")
        return wrong


def start_sound(folder):
    env = dict(os.environ, HOME=folder, XDG_RUNTIME_DIR=folder, PULSE_SERVER=f"unix:{folder}/sound")
    sound = subprocess.Popen(
        ["pulseaudio", "-n", "--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no",
         "-L", f"module-native-protocol-unix auth-anonymous=1 socket={folder}/sound",
         "-L", f"module-null-sink sink_name=heard rate={RATE} channels=1"],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: subprocess.run(["pactl", "info"], env=env, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL, check=False).returncode == 0)
    return env, sound


def wait_for(there):
    for _ in range(100):
        if there():
            return
        time.sleep(0.05)
    sys.exit("The sound server or speech-dispatcher does not start here.")


def start_server(folder, env, docbao):
    env = {k: v for k, v in env.items() if not k.startswith("XDG_") or k == "XDG_RUNTIME_DIR"}
    os.makedirs(f"{folder}/conf")
    os.makedirs(f"{folder}/log")
    subprocess.run([docbao, "setup", "screen-reader"], env=env, check=True, stdout=subprocess.DEVNULL)
    with open(f"{folder}/conf/speechd.conf", "w", encoding="utf-8") as f:
        f.write(f'LogLevel 0\nLogDir "{folder}/log"\nDefaultVolume 100\nAudioOutputMethod "pulse"\n')
    server = subprocess.Popen(
        ["speech-dispatcher", "-s", "-C", f"{folder}/conf", "-S", f"{folder}/socket",
         "-P", f"{folder}/pid", "-t", "0"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: os.path.exists(f"{folder}/socket"))
    return server


def measure(ear, client, text):
    """Milliseconds, by what was measured."""
    began = client.speak(text)
    first = ear.first_after(began) - began
    client.stop()
    ear.last()
    time.sleep(max(0, ear.first_after(client.speak(LONG)) + 0.2 - time.monotonic()))
    stopped = client.stop()
    silent = max(0, ear.last() - stopped)
    client.ask(f"SET SELF VOLUME {SOFT}")
    began = client.speak(LONG)
    client.ask("SET SELF VOLUME 100")
    time.sleep(max(0, ear.first_after(began) + 0.2 - time.monotonic()))
    client.stop()
    again = client.speak(NEXT)
    after = ear.first_after(again, loud=True) - again
    client.stop()
    ear.last()
    return {"SPEAK to first sound": 1000 * first, "STOP to silence": 1000 * silent,
            "SPEAK right after STOP": 1000 * after}


def tell(figures):
    for (what, name), values in sorted(figures.items()):
        values.sort()
        print(f"heard: {what:24} {name:10} median {statistics.median(values):5.1f} ms, "
              f"worst {values[-1]:5.1f} ms of {len(values)}")


def main(docbao, times, names):
    folder = tempfile.mkdtemp()
    processes, figures = [], {}
    try:
        env, sound = start_sound(folder)
        processes.append(sound)
        ear = Ear(env)
        processes.append(ear.process)
        processes.append(start_server(folder, env, os.path.abspath(docbao)))
        clients = {name: Client(f"{folder}/socket", name) for name in names}
        for client in clients.values():
            # PulseAudio plays the first stream 0.2 s late when another one has run out before: so each of
            # them is stopped, here and later.
            ear.first_after(client.speak(TEXTS[0]))
            client.stop()
            ear.last()
        for i in range(times):
            for name, client in clients.items():
                for what, ms in measure(ear, client, TEXTS[i % len(TEXTS)]).items():
                    figures.setdefault((what, name), []).append(ms)
        name, client = next(iter(clients.items()))
        print(f"heard: {name}: {PAIRS} pairs of SPEAK and STOP, {client.wrong_pairs(PAIRS)} with wrong events")
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
    tell(figures)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
