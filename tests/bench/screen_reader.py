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

name, m = modules[0]
for text in TEXTS * 60:
    m.say(f"<speak>{text}</speak>")
before = m.memory()
for text in TEXTS * 600:
    m.first_sound(f"<speak>{text}{MORE}</speak>")
    m.stop()
print(f"{name}: memory of its own after 300 texts {before} KiB, "
      f"after 3,000 more that were stopped {m.memory()} KiB")
for name, m in modules:
    m.kill()
