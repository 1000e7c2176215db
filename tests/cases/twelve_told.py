"""The story of the old brickworks, told with everything that must not be done tried on its day, and taken back."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

from django.db import transaction

from cases import chain
from cases.selectors import facts_on_one_piece
from cases.services import chain as links
from cases.services import deliberation, evidence, initiation, investigation, report, supplement, tolerance
from review.selectors import fired_on
from review.services import adjudication
from wenze.demo.twelve import Twelve
from wenze.demo.twelve.people import told
from wenze.errors import Invalid, NotYours, Refused
from wenze.ids import uuid7


class Told(Twelve):
    """``refused`` by the data's RF codes, ``broken`` by its CB codes: what the system said when it was tried."""

    def __init__(self, world):
        super().__init__(world)
        self.refused = {}
        self.broken = {}
        self.single = {}
        self.taken = {}
        self.whole = None
        self.fired = []

    @contextmanager
    def tried(self, code):
        """Something unlawful is tried; the answer is kept and nothing of it stays."""
        try:
            with transaction.atomic():
                yield
                self.refused[code] = None
                transaction.set_rollback(True)
        except (Refused, Invalid, NotYours) as answer:
            self.refused[code] = answer

    def _apply(self, drafts):
        return initiation.apply_initiation(
            clue_id=self.clues["K1"].pk, submission=uuid7(), title="试", brief="试", subjects=drafts, public_attention=False,
            is_sensitive=False, actor=self.world.inspector, on=dt.date(2026, 1, 16),
        )  # fmt: skip

    def batch_a(self):
        with self.tried("RF4"):
            self._apply(self.drafts("O1"))
        with self.tried("RF9"):
            self._apply([*self.drafts("O2", "C4"), type(self.drafts("C5")[0])(
                **{**self.drafts("C5")[0].__dict__, "filed_review_number": told()["filed_reviews"][0]["number"]}
            )])  # fmt: skip
        with self.tried("RF2"):
            draft = self.drafts("C7")[0]
            self._apply([type(draft)(**{**draft.__dict__, "track": "party"})])
        super().batch_a()

    def batch_c(self):
        with self.tried("CC01"):
            supplement.ask_signatures(
                supplement_id=self.batches["C"].pk, actor=self.world.inspector, on=dt.date(2026, 1, 27)
            )
        super().batch_c()

    def extended(self):
        super().extended()
        self.whole = chain.breaks_of(self.case)
        for row in told()["chain_breaks"]:
            with transaction.atomic():
                self._remove(row["remove"])
                self.broken[row["id"]] = chain.breaks_of(self.case)
                self.single[row["id"]] = facts_on_one_piece(self.case)
                transaction.set_rollback(True)

        for kind, rows in (
            ("attribution", told()["attributions"]),
            ("trail", told()["trail"]),
            ("evidence", told()["evidence"]),
            ("fact", told()["facts"]),
        ):
            for row in rows:
                with transaction.atomic():
                    self._remove({kind: row["id"]})
                    self.taken[row["id"]] = chain.breaks_of(self.case)
                    transaction.set_rollback(True)

    def _remove(self, what):
        (kind, code), *_ = what.items()
        given = {"case_id": self.case.pk, "reason": "试撤", "actor": self.world.inspector, "on": dt.date(2026, 4, 3)}
        if kind == "attribution":
            links.withdraw_link(kind="attribution", link_id=self.attributions[code].pk, **given)
        elif kind == "trail":
            links.withdraw_link(kind="event", link_id=self.events[code].pk, **given)
        elif kind == "fact":
            links.withdraw_link(kind="fact", link_id=self.facts[code].pk, **given)
        elif kind == "evidence":
            evidence.withdraw_evidence(evidence_id=self.evidence[code].pk, **given)
        else:
            fact, piece = self.facts[code[0]], self.evidence[code[1]]
            investigation.state_fact(
                case_id=self.case.pk, fact_id=fact.pk, kind=fact.kind, text=fact.text, actor=self.world.inspector,
                evidence=[each for each in fact.evidence.all() if each.pk != piece.pk],
            )  # fmt: skip

    def hear(self, row):
        if row["id"] == "HE10":
            with self.tried("RF3"):
                report.submit_report(case_id=self.case.pk, actor=self.world.inspector, on=dt.date(2026, 4, 2))
        super().hear(row)

    def answer_tolerance(self):
        with self.tried("RF5"):
            tolerance.answer_filing(
                case_id=self.case.pk, subject=self.subjects["C1"], filing=self.people.filings["TF2"], actor=self.world.inspector,
                draft=tolerance.AnswerDraft(effect="exempted", answer="按备案实施", in_scope=True), on=dt.date(2026, 4, 10),
            )  # fmt: skip
        super().answer_tolerance()

    def reported(self):
        with self.tried("RF1"):
            report.propose(
                case_id=self.case.pk, subject_id=self.subjects["C1"].pk, outcome="accountable", measures=["removal"],
                removed_posts="局长", reason="试", actor=self.world.inspector, on=dt.date(2026, 4, 14),
            )  # fmt: skip
        with self.tried("CC09"):
            report.propose(
                case_id=self.case.pk, subject_id=self.subjects["C1"].pk, outcome="accountable", measures=["party_serious_warning"],
                reason="试", actor=self.world.inspector, on=dt.date(2026, 4, 14),
            )  # fmt: skip
        super().reported()

    def adjudicated(self):
        with self.tried("RF7"):
            adjudication.accept(
                case_id=self.case.pk, adjudicators=[self.world.trial, self.world.inspector2], actor=self.world.trial,
                on=dt.date(2026, 4, 24),
            )  # fmt: skip
        super().adjudicated()

    def asked(self):
        self.fired = fired_on(self.case)
        super().asked()
        with self.tried("RF6"):
            deliberation.prepare_decision(case_id=self.case.pk, actor=self.world.casemgmt, on=dt.date(2026, 5, 18))

    def approved(self):
        with self.tried("RF10"):
            deliberation.prepare_decision(case_id=self.case.pk, actor=self.world.casemgmt, on=dt.date(2026, 6, 1))
        super().approved()
