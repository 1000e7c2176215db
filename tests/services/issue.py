"""One process that issues documents of one case, told on its own line after each is committed.

``python issue.py CASE NUMBER`` with the environment of the system; it may be killed at any moment.
"""

import os
import sys
from pathlib import Path

import django


def main(case_id, number):
    sys.path.insert(0, str(Path.cwd()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenze.settings")
    django.setup()
    from cases.models import Case
    from wenze.deadlines import clock
    from wenze.documents import services as documents
    from wenze.documents.paper import Paper, paragraphs
    from wenze.people.models import User

    case = Case.objects.select_related("commission").get(pk=case_id)
    actor = User.objects.get(username="casemgmt")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(int(number)):
        paper = Paper(
            organ=case.commission.name, title="关于演练的通报", blocks=paragraphs("演练。"), date="2026年11月24日"
        )
        made = documents.issue(
            "D23", commission=case.commission, about=case, case_id=case.pk, paper=paper, on=clock.today(), actor=actor
        )
        sys.stdout.write(f"{made.serial}\n")
        sys.stdout.flush()


main(*sys.argv[1:])
