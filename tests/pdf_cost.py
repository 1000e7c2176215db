"""CPU of a warm three-page decision against bare WeasyPrint: ``python -m tests.pdf_cost [ROUNDS]``.

Two processes render the same page with the same stylesheets and cached fonts; the bare one leaves our justification and
our template rendering out. Prints both medians in milliseconds of CPU and their ratio.
"""

import datetime as dt
import os
import statistics
import subprocess
import sys
import time

import pymupdf

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 15
BOUND = 1.5


def a_decision():
    """An unsaved decision of three pages, as the demonstration's decisions are composed."""
    from wenze.documents.models import OfficialDocument
    from wenze.documents.paper import Paper, heading, paragraphs

    facts = "三次检查发现的重大隐患没有闭环，未经复查即签批销号，致使人员仍在库内作业，造成严重后果。" * 4
    blocks = []
    for number in "一二三":
        blocks += [heading(f"{number}、有关事实和责任认定"), *paragraphs("\n".join([facts] * 2))]
    paper = Paper(
        organ="中共示例市纪律检查委员会", title="关于对单某某同志予以诫勉问责的决定", blocks=blocks, date="2026年6月15日",
        addressee="单某某", copies="某某局党组，组织部门", printed_by="示例市纪委监委",
    )  # fmt: skip
    return OfficialDocument(
        kind="D19", title=paper.title, number="示例纪问〔2026〕31号", issued_on=dt.date(2026, 6, 15), verification_code="0" * 20,
        plain_context=paper.as_dict(),
    )  # fmt: skip


def cost(make):
    """The median CPU of a call in milliseconds, after two to warm up."""
    make(), make()
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        made = make()
        spent.append((time.process_time() - began) * 1000)
    return statistics.median(spent), len(pymupdf.open(stream=made))


def measure(*, bare):
    import django

    os.environ.setdefault("WENZE_DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenze.settings")
    django.setup()
    from weasyprint import HTML
    from weasyprint.layout import inline

    from wenze.documents import justify, render

    document = a_decision()
    if bare:
        fonts, sheets = render._prepared()
        inline.justify_line = justify._original
        page = render.html(document)
        median, pages = cost(lambda: HTML(string=page).write_pdf(stylesheets=sheets, font_config=fonts))
    else:
        median, pages = cost(lambda: render.pdf(document))
    sys.stdout.write(f"{median:.1f} {pages}\n")


def main():
    if "--bare" in sys.argv or "--ours" in sys.argv:
        measure(bare="--bare" in sys.argv)
        return
    found = {
        which: subprocess.run(
            [sys.executable, "-m", "tests.pdf_cost", str(ROUNDS), which], capture_output=True, text=True, check=True
        ).stdout.split()
        for which in ("--bare", "--ours")
    }
    bare, ours = float(found["--bare"][0]), float(found["--ours"][0])
    sys.stdout.write(
        f"bare WeasyPrint {bare:.1f} ms, ours {ours:.1f} ms CPU, {ours / bare:.2f} times, {found['--ours'][1]} pages\n"
    )
    sys.exit(ours / bare > BOUND)


if __name__ == "__main__":
    main()
