"""One person at one browser, as a process: log in, open a page, wait for the moment, press; prints what came back.

``python client.py BASE USERNAME PAGE TARGET MOMENT {"field": "value"}`` → one JSON line ``{"status", "location", "text"}``.
Imports nothing of ours.
"""

import http.cookiejar
import json
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

PASSWORD = "wenze-demo-2026"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def main(base, username, page, target, moment, fields):
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Stay)

    def ask(path, data=None):
        body = urllib.parse.urlencode(data, doseq=True).encode() if data is not None else None
        request = urllib.request.Request(base + path, data=body, headers={"Referer": base + path})
        try:
            answer = browser.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        return answer, answer.read().decode()

    def token(text):
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]

    _, text = ask("/login/")
    ask("/login/", {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token(text)})
    _, text = ask(page)
    data = {**json.loads(fields), "csrfmiddlewaretoken": token(text)}
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', text)
    if shown:
        data["shown"] = shown[1]
    time.sleep(max(0.0, float(moment) - time.time()))
    answer, text = ask(target, data)
    found = {"status": answer.status, "location": answer.headers.get("Location", ""), "text": text}
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


main(*sys.argv[1:])
