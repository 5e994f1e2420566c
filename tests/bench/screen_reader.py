"""How soon a module of speech-dispatcher speaks and falls silent: screen_reader.py MODULE [OTHER].

Takes turns with OTHER (sd_espeak-ng), so that both meet the same machine. Each figure is of 50.
"""
import os
import statistics
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)) + "/../e2e")
from sd_client import Module  # noqa: E402

TEXTS = ["Xin chào các bạn.", "Nút Lưu.", "Hôm nay trời đẹp, gió nhẹ.", "Liên kết đã truy cập.",
         "Mở tệp báo cáo ngày 15/5/2024."]
MORE = " Câu sau dài hơn một chút, để còn dừng lại được giữa chừng." * 10
TIMES = 50


def line(name, what, values):
    values.sort()
    print(f"{what:34} {name:14} median {statistics.median(values):5.1f} ms, "
          f"worst {values[-1]:5.1f} ms", flush=True)


def wait_until(module, seconds):
    """Takes sound at the pace at which it is heard."""
    until = time.monotonic() + seconds
    began, start = time.monotonic(), module.frames
    while time.monotonic() < until:
        ahead = (module.frames - start) / 22050 - (time.monotonic() - began)
        if ahead > 0.1:
            time.sleep(min(ahead - 0.1, 0.05))
        else:
            module.message(1)


modules = [(os.path.basename(path), Module([path])) for path in sys.argv[1:]]
for name, m in modules:
    m.init()
    m.set(language="vi")
figures = {}
for i in range(TIMES):
    text = TEXTS[i % len(TEXTS)]
    for name, m in modules:
        add = lambda what, value: figures.setdefault((what, name), []).append(value)
        add("SPEAK to first sound", m.first_sound(f"<speak>{text}</speak>"))
        m.events()
        time.sleep(0.02)
        m.first_sound(f"<speak>{text}{MORE}</speak>")
        wait_until(m, 0.15)
        add("STOP to 703", m.stop()[0])
        add("SPEAK right after STOP", m.first_sound(f"<speak>{text}</speak>"))
        m.events()
        add("CHAR to first sound", m.first_sound("áb."[i % 3] if i % 3 != 2 else "..", "CHAR"))
        m.events()
for what in dict.fromkeys(w for w, _ in figures):
    for name, _ in modules:
        line(name, what, figures[what, name])



def sizes(module):
    """The memory of each process: of the module, then of those below it."""
    return [resident(module.process.pid)] + [resident(p) for level in module.children() for p in sorted(level)]


def resident(pid):
    """KiB that it has in memory."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
        return next(int(l.split()[1]) for l in f if l.startswith("Rss:"))


def speak_some(module, first, count):
    """Texts that are heard, stopped while they are, or stopped before, at many rates and with two voices."""
    for i in range(first, first + count):
        if i % 20 == 0:
            module.set(rate=str(i % 50), synthesis_voice=("bac-nam", "nam-nu")[i // 200 % 2])
        text = TEXTS[i % len(TEXTS)]
        if i % 6 == 1:
            module.first_sound(f"<speak>{text}{MORE}</speak>")
            module.stop()
        elif i % 6 == 4:
            module.begin(f"<speak>{text}{MORE}</speak>")
            module.stop()
        else:
            module.say(f"<speak>{text}</speak>")


name, m = modules[0]
wrong = [w for w in (m.pair(i) for i in range(1000)) if w]
print(f"{name}: 1000 pairs of SPEAK and STOP, {len(wrong)} with wrong events {wrong[:1] or ''}")
speak_some(m, 0, 500)
before = sizes(m)
speak_some(m, 500, 5000)
print(f"{name}: KiB in memory of the module, keeper, zygote and workers after 500 texts {before}, "
      f"after 5,000 more {sizes(m)}")
for name, m in modules:
    m.kill()
