"""Reads the feed of a podcast with feedparser, and fetches its files with curl from a server that
has them: podcast.py FOLDER BASE-URL"""
import http.server
import json
import os
import re
import subprocess
import sys
import threading
import urllib.parse

import feedparser

FOLDER, BASE = sys.argv[1:]


class Server(http.server.SimpleHTTPRequestHandler):
    """A folder, also in parts."""

    def do_GET(self):
        path = os.path.join(FOLDER, os.path.basename(urllib.parse.unquote(self.path.split("?")[0])))
        with open(path, "rb") as f:
            data = f.read()
        wanted = re.match(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if wanted:
            first, last = int(wanted[1]), int(wanted[2])
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
            data = data[first:last + 1]
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def fetch(server, url, *options):
    assert url.startswith(BASE + "/"), url
    address = f"http://127.0.0.1:{server.server_port}/{url[len(BASE) + 1:]}"
    return subprocess.run(["curl", "-sS", "--fail", *options, address], check=True,
                          stdout=subprocess.PIPE).stdout


def check(server, entry):
    sound = entry.enclosures[0]
    data = fetch(server, sound.href)
    assert len(data) == int(sound.length), "the length"
    assert sound.type == "audio/mpeg"
    assert fetch(server, sound.href, "-r", "1000-1999") == data[1000:2000], "a part"
    with open("fetched.mp3", "wb") as f:
        f.write(data)
    seconds = float(subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0",
         "fetched.mp3"], stdout=subprocess.PIPE, check=True).stdout)
    assert abs(seconds - float(entry.itunes_duration)) < 1.1, "the duration"
    if os.path.exists(os.path.join(FOLDER, "cover.png")):
        picture = subprocess.run(["ffmpeg", "-v", "error", "-i", "fetched.mp3", "-map", "0:v",
                                  "-c", "copy", "-f", "image2pipe", "-"],
                                 stdout=subprocess.PIPE, check=True).stdout
        with open(os.path.join(FOLDER, "cover.png"), "rb") as f:
            assert picture == f.read(), "the picture"
    assert not entry.guidislink and entry.id.startswith("docbao:")
    assert "chợ" in entry.description and entry.published_parsed


feed = feedparser.parse(os.path.join(FOLDER, "feed.xml"))
assert not feed.bozo, feed.bozo_exception
assert feed.feed.title == "Nghe <báo>" and feed.feed.language == "vi", feed.feed.title
assert len(feed.entries) == 2
assert feed.entries[0].title == "Chợ mới & “vui” ở đầu làng họp phiên đầu", feed.entries[0].title
assert feed.entries[1].published == "Tue, 03 Mar 2020 22:06:07 +0000", feed.entries[1].published
with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for item in feed.entries:
        check(server, item)
    text = open(os.path.join(FOLDER, "feed.xml"), encoding="utf-8").read()
    for url in re.findall(r'<podcast:transcript [^>]*url="([^"]*)"', text):
        assert fetch(server, url).startswith(b"WEBVTT"), url
    for url in re.findall(r'<podcast:chapters [^>]*url="([^"]*)"', text):
        chapters = json.loads(fetch(server, url))["chapters"]
        assert [c["title"] for c in chapters][1:] == ["Giá cả"], chapters
        assert chapters[0]["startTime"] == 0
    for url in re.findall(r'<itunes:image href="([^"]*)"', text):
        assert fetch(server, url).startswith(b"\x89PNG"), url
    server.shutdown()
