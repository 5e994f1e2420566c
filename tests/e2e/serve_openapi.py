"""Holds docs/openapi.yaml and the server to each other: serve_openapi.py SOURCE ADDRESS TOKEN
GUARDED

ADDRESS is that of a server, TOKEN its token; GUARDED that of one with the same token that asks for
it and takes at most 100000 bytes. Prints what is wrong; leaves with 1 if there was anything.

- The paths and methods of the file are those of the routes in the source.
- Each answer that is provoked here has a status of the file, its type, its headers, and JSON as the
  schema says, without any further member.
- Each status of the file is provoked here, but those of `unprovoked`.
"""
import http.client
import json
import re
import sys
import time
import urllib.parse

import jsonschema
import yaml

source, address, token, guarded = sys.argv[1:]
spec = yaml.safe_load(open(source + "/docs/openapi.yaml", encoding="utf-8"))
METHODS = ("get", "post", "put", "delete")
faults = []
seen = set()  # (path, method, status)
secret = ""

# What needs a full disk, or so much that is sent at once that it would hinder other tests.
unprovoked = {503}


def fault(text):
    faults.append(text)


def resolve(node):
    """What a reference leads to."""
    while isinstance(node, dict) and "$ref" in node:
        target = spec
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def closed(node):
    """The schema without references; an object has no members but those it names."""
    node = resolve(node)
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {}
    for key, value in node.items():
        if key == "properties":
            made[key] = {name: closed(one) for name, one in value.items()}
        else:
            made[key] = closed(value) if key in ("items", "anyOf") else value
    if node.get("type") == "object":
        made["additionalProperties"] = False
    return made


def conforms(schema, value, where):
    validator = jsonschema.Draft202012Validator(closed(schema))
    for error in list(validator.iter_errors(value))[:3]:
        at = "/".join(str(part) for part in error.absolute_path)
        fault(f"{where}: {at}: {error.message[:200]}")


# ---- the file itself ----

def operations():
    for path, item in spec["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def check_file():
    for name, schema in spec["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(closed(schema))
    names = [operation["operationId"] for _, _, operation in operations()]
    if len(names) != len(set(names)):
        fault("two operations have one name")


def routes():
    """Paths and methods of the source."""
    text = open(source + "/src/serve/routes.c", encoding="utf-8").read()
    files = open(source + "/src/serve/files.c", encoding="utf-8").read()
    found = {(path, method.lower()) for method, path in re.findall(r'\{"([A-Z]+)", "(/[^"]*)",', text)}
    endings = re.findall(r'\{"(\.[a-z0-9]+)", "[a-z]+/', files)
    found |= {("/api/articles/{id}" + ending, "get") for ending in endings}
    if len(found) < 20 or len(endings) < 4:
        fault("the routes of the source are not understood here")
    # Those of an article, which split_article reads.
    for prefix in re.findall(r'SV\("(/[a-z/]+/)"\)', text):
        found.add((prefix + "{id}", "get"))
    if '"DELETE"' in text:
        found.add(("/api/articles/{id}", "delete"))
    for ending in re.findall(r'sv_is\(ending, "(/[a-z]+)"\)', text):
        found.add(("/api/articles/{id}" + ending, "put"))
    return found


def check_routes():
    described = {(path, method) for path, method, _ in operations()}
    for one in sorted(routes() - described):
        fault(f"not in the file: {one}")
    for one in sorted(described - routes()):
        fault(f"not in the source: {one}")


# ---- requests ----

class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


def send(base, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=20)
    connection.request(method.upper(), path, body, headers or {})
    answer = Answer(connection.getresponse())
    connection.close()
    return answer


def check_body(operation, content_type, body, where):
    """What was accepted is what the file describes."""
    content = operation["requestBody"]["content"].get(content_type)
    if content is None:
        fault(f"{where}: {content_type} is accepted, and not in the file")
    elif content_type == "application/json":
        conforms(content["schema"], json.loads(body), where + ", what was sent")
    elif content_type == "application/x-www-form-urlencoded":
        conforms(content["schema"], dict(urllib.parse.parse_qsl(body)), where + ", what was sent")


def check_answer(response, answer, where):
    for name, header in response.get("headers", {}).items():
        header, value = resolve(header), answer.headers.get(name)
        if value is None and header.get("required"):
            fault(f"{where}: without {name}")
        elif value is not None:
            conforms(header["schema"], value, f"{where}: {name}")
    content = response.get("content", {})
    if not answer.body:
        return
    kind = (answer.headers.get("Content-Type") or "").split(";")[0]
    if kind not in content:
        fault(f"{where}: it is {kind or 'nothing'}, not {list(content)}")
    elif kind == "application/json" and "schema" in content[kind]:
        conforms(content[kind]["schema"], answer.json(), where)


def ask(want, method, path, base=None, id=None, body=None, type=None, headers=None, query=""):
    """One request, whose answer must be as the file says, with the status that is wanted."""
    sent = dict(headers or {})
    if type:
        sent["Content-Type"] = type
    data = body.encode() if isinstance(body, str) else body
    answer = send(base or address, method, path.replace("{id}", id or "") + query, data, sent)
    judge(want, method, path, answer)
    if data and answer.status < 400 and type:
        check_body(spec["paths"][path][method], type, body, f"{method} {path}: {answer.status}")
    return answer


def judge(want, method, path, answer):
    operation = spec["paths"][path][method]
    where = f"{method} {path}: {answer.status}"
    seen.add((path, method, answer.status))
    if answer.status != want:
        fault(f"{where}, not {want}: {answer.body[:120]!r}")
    response = resolve(operation["responses"].get(str(answer.status)))
    if response is None:
        fault(f"{where} is not in the file")
    else:
        check_answer(response, answer, where)


browser = {"Accept": "text/html,*/*"}
own = {"Authorization": "Bearer " + token}
JSON, FORM, TEXT = "application/json", "application/x-www-form-urlencoded", "text/plain"


def form(**fields):
    return urllib.parse.urlencode(fields)


def wait_for(id):
    for _ in range(1200): # a minute: sanitizers are slow
        article = ask(200, "get", "/api/articles/{id}", id=id, headers=own).json()
        if article["state"] not in ("queued", "making"):
            return article
        time.sleep(0.05)
    fault("an article is not made")
    return article


# ---- what is asked ----

def add_article(text):
    answer = send(address, "post", "/api/articles", text.encode(), {**own, "Content-Type": TEXT})
    return answer.json()["id"]


LONG = "Dài\n\n" + " ".join(f"Người lái đò thứ {n} kể chuyện bến sông mùa mưa." for n in range(600))


def articles():
    path = "/api/articles"
    first = ask(201, "post", path, body="Chợ nổi\n\nTrời mưa to, UBND họp ngày 15/5/2016.", type=TEXT,
                headers=own).json()["id"]
    ask(200, "post", path, body="Chợ nổi\n\nTrời mưa to, UBND họp ngày 15/5/2016.", type=TEXT, headers=own)
    ask(201, "post", path, body="<!DOCTYPE html><title>Tin</title><p>Trời mưa ở bến sông.</p>",
        type="text/html", headers=own)
    for article in ({"text": "Một bài.", "title": "Tên"}, {"html": "<p>Bài nữa."},
                    {"url": address + "/api/articles"}):
        ask(201, "post", path, body=json.dumps(article), type=JSON, headers=own)
    ask(415, "post", path, body="x", type="image/png", headers=own)
    ask(422, "post", path, body="{}", type=JSON, headers=own)
    ask(422, "post", path, body='{"url": "file:///etc/passwd"}', type=JSON, headers=own)
    made = wait_for(first)
    if made["state"] != "done":
        fault(f"the article is not made: {made}")
    failed = next(a["id"] for a in ask(200, "get", path, headers=own).json()["articles"] if "url" in a)
    if wait_for(failed)["state"] != "failed":
        fault("a page of this machine is fetched")
    ask(200, "get", path, query="?from=1&most=2")
    return first, failed


def files(id, failed, waiting):
    kinds = ["/api/articles/{id}" + ending for ending in (".mp3", ".vtt", ".json", ".html")]
    for path in kinds:
        whole = ask(200, "get", path, id=id)
        ask(206, "get", path, id=id, headers={"Range": "bytes=1-3"})
        ask(416, "get", path, id=id, headers={"Range": f"bytes={len(whole.body)}-"})
        ask(304, "get", path, id=id, headers={"If-None-Match": whole.headers["ETag"]})
        ask(404, "get", path, id="0" * 16)
        ask(404, "get", path, id=failed)
        ask(202, "get", path, id=waiting)
    for path in ("/api/articles/{id}.html", "/read/{id}"):
        for status, article in ((404, "0" * 16), (404, failed), (202, waiting)):
            answer = ask(status, "get", path, id=article, headers=browser)
            if not answer.headers["Content-Type"].startswith("text/html"):
                fault(f"{path}: {status}: a browser gets no page")
    ask(200, "get", "/read/{id}", id=id)
    ask(404, "get", "/read/{id}", id=failed)
    ask(202, "get", "/read/{id}", id=waiting)
    ask(404, "get", "/api/articles/{id}", id="0" * 16)


def places(id):
    path = "/api/articles/{id}/place"
    for place in ({"seconds": 1.5}, {"seconds": 2, "sentence": 1, "of": 2}):
        ask(204, "put", path, id=id, body=json.dumps(place), type=JSON, headers=own)
        ask(200, "get", "/api/articles/{id}", id=id)
        ask(200, "get", "/read/{id}", id=id)
    ask(404, "put", path, id="0" * 16, body='{"seconds": 1}', type=JSON, headers=own)
    ask(415, "put", path, id=id, body="1", type=TEXT, headers=own)
    ask(422, "put", path, id=id, body="{}", type=JSON, headers=own)


def readings(id):
    path = "/api/readings"
    reading = {"written": "UBND", "spoken": "ủy ban", "article": id}
    ask(200, "post", path, body=json.dumps(reading), type=JSON, headers=own)
    ask(415, "post", path, body="x", type=TEXT, headers=own)
    ask(422, "post", path, body='{"written": "UBND", "spoken": "xyz"}', type=JSON, headers=own)
    wait_for(id)


def pages(id):
    global secret
    page = ask(200, "get", "/").body.decode()
    secret = re.search('name="secret" value="([0-9a-f]+)"', page).group(1)
    for path in ("/serve.css", "/serve.js", "/read.css", "/served.js", "/docbao-player.js", "/docbao.svg",
                 "/feed.xml", "/login"):
        ask(200, "get", path)
    ask(303, "post", "/articles", body=form(secret=secret, text="Bài của biểu mẫu."), type=FORM)
    ask(422, "post", "/articles", body=form(secret=secret), type=FORM)
    ask(303, "post", "/readings", body=form(secret=secret, written="HĐND", spoken="hội đồng"), type=FORM)
    ask(422, "post", "/readings", body=form(secret=secret, written="HĐND", spoken="xyz"), type=FORM)
    ask(303, "post", "/article", body=form(secret=secret, id=id, do="again"), type=FORM)
    ask(400, "post", "/article", body=form(secret=secret, id="x", do="again"), type=FORM)
    ask(303, "post", "/feeds", body=form(secret=secret, url=address + "/khong"), type=FORM)
    ask(303, "post", "/feeds", body=form(secret=secret, url=address + "/khong", remove="1"), type=FORM)
    ask(422, "post", "/feeds", body=form(secret=secret, url="x"), type=FORM)


def removing(id, waiting):
    # What is being made cannot be removed.
    making = [a["id"] for a in ask(200, "get", "/api/articles").json()["articles"] if a["state"] == "making"]
    if making:
        ask(503, "delete", "/api/articles/{id}", id=making[0], headers=own)
    ask(204, "delete", "/api/articles/{id}", id=id, headers=own)
    ask(204, "delete", "/api/articles/{id}", id=waiting, headers=own)


def at_the_door(id):
    """What every operation answers to those who may not."""
    for path, method, operation in operations():
        body = "x" if method in ("post", "put") else None
        type = TEXT if body else None
        ask(421, method, path, id=id, body=body, type=type, headers={"Host": "khac.example"})
        ask(421, method, path, id=id, body=body, type=type, headers={"Host": "khac.example", **browser})
        if operation.get("security", True):
            ask(401, method, path, base=guarded, id=id, body=body, type=type)
        if method != "get":
            ask(403, method, path, id=id, body=body, type=type,
                headers={"Origin": "http://khac.example"})
        if method in ("post", "put"):
            ask(413, method, path, base=guarded, id=id, body="a" * 100001, type=TEXT, headers=own)
    ask(303, "get", "/", base=guarded, headers={"Accept": "text/html"})
    ask(401, "post", "/login", base=guarded, body=form(token="x"), type=FORM)
    ask(303, "post", "/login", base=guarded, body=form(token=token), type=FORM)


def places_too_often(id):
    """Many who listen keep nobody from sending an article."""
    path = "/api/articles/{id}/place"
    for _ in range(2000):
        answer = send(address, "put", path.replace("{id}", id))
        if answer.status == 429:
            break
    judge(429, "put", path, answer)
    ask(303, "post", "/articles", body=form(secret=secret, text="Bài khi nhiều người nghe."), type=FORM)


def too_often(id):
    """At last, because nothing is answered any more."""
    for path, method, _ in operations():
        if method == "get":
            continue
        for _ in range(2000):
            answer = send(address, method, path.replace("{id}", id))
            if answer.status == 429:
                break
        judge(429, method, path, answer)


def other_methods(id):
    for path, item in spec["paths"].items():
        for method in ("post", "put", "delete", "patch"):
            if method not in item:
                answer = send(address, method, path.replace("{id}", id), None, own)
                if answer.status != 405:
                    fault(f"{method} {path}: {answer.status}, not 405")
                conforms(spec["components"]["schemas"]["Error"], answer.json(), f"{method} {path}")
        head = send(address, "head", path.replace("{id}", id), None, own)
        if "get" in item and (head.status != 200 or head.body):
            fault(f"head {path}: {head.status}")


def check_coverage():
    for path, method, operation in operations():
        for status in operation["responses"]:
            if (path, method, int(status)) not in seen and int(status) not in unprovoked:
                fault(f"not provoked here: {method} {path}: {status}")


check_file()
check_routes()
first, failed = articles()
# Those that come next are made by no process as long as these are.
for n in range(8):
    add_article(f"{n} {LONG}")
waiting = add_article("Bài đang chờ.")
files(first, failed, waiting)
places(first)
other_methods(first)
removing(add_article("Bài sắp xóa."), waiting)
pages(first)
at_the_door(first)
for article in send(address, "get", "/api/articles").json()["articles"]:
    send(address, "delete", "/api/articles/" + article["id"], None, own)
first = add_article("Chợ nổi\n\nTrời mưa to, UBND họp ngày 15/5/2016.")
readings(first)
places_too_often(first)
too_often(first)
check_coverage()
for one in dict.fromkeys(faults):
    print(one)
sys.exit(1 if faults else 0)
