"""The same documents in another process, another time zone, another day."""

import json
import os
import subprocess
import sys

SCRIPT = """
import json, sys, hashlib, datetime, django
django.setup()
from wenze.documents import render
from wenze.documents.models import OfficialDocument
for told in json.load(sys.stdin):
    told["issued_on"] = datetime.date.fromisoformat(told["issued_on"])
    print(hashlib.sha256(render.pdf(OfficialDocument(**told))).hexdigest())
"""


def told(document):
    """What a document is rendered from, as another process can be told it."""
    return {
        "kind": document.kind, "title": document.title, "number": document.number, "plain_context": document.context,
        "issued_on": document.issued_on.isoformat(), "verification_code": document.verification_code,
    }  # fmt: skip


def elsewhere(documents):
    """Their digests as a process makes them that has another hash seed, another time zone and another day."""
    env = {
        **os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York", "WENZE_DEMO": "1", "WENZE_TODAY": "2027-03-01",
        "DJANGO_SETTINGS_MODULE": "wenze.settings.test",
    }  # fmt: skip
    other = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT], input=json.dumps([told(each) for each in documents]),
        capture_output=True, text=True, env=env, check=True,
    )  # fmt: skip
    return other.stdout.split()
