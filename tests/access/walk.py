"""Every named address of the house, with the keys of real rows in it; an address that nobody listed fails the walk."""

from django.urls import get_resolver

from cases import models as cases
from cases.history import organizations_of_case
from cases.panels import PANELS
from cases.services.chain import LINKS
from followup import models as followup
from responsibility.models import Duty, DutyList, ImportJob, Problem, ProblemList, RemedialAction
from review import models as review
from tolerance.models import Filing, FilingAnswer, FilingFile
from tolerance.views.filing import STEPS as FILING_STEPS
from wenze.documents.models import OfficialDocument
from wenze.exchange.models import ExchangePackage
from wenze.people.models import Cadre
from wenze.workflow.models import Approval, OffSystemApproval
from wenze.workflow.procedure import PROCEDURES

PLAIN = {
    "healthz", "readyz", "login", "logout", "search", "approvals", "clues", "clue-register", "cases", "followup", "desk", "notices",
    "notices-read", "procedure", "review", "elsewhere-list", "elsewhere-add", "hr", "hr-ask", "exchange",
    "exchange-export", "exchange-import", "exchange-key", "duty-lists", "duty-draft", "duty-template", "duty-person",
    "evaluations", "precedents", "filings", "filing-new", "filing-program", "tolerance-lists", "samples", "sample-new",
    "problems", "problem-list-new", "problem-template", "problem-export",
    "statistics", "statistics-figure", "statistics-export", "statistics-campaigns", "campaign-open",
    "ruler", "ruler-past",
    "evaluation-open", "indicators", "defects",
}  # fmt: skip
"""Addresses that name no row: lists, forms that begin something, in and out."""

TAKES = {
    "document": OfficialDocument, "verify": OfficialDocument, "approval": Approval, "instruction": OffSystemApproval,
    "instruction-scan": OffSystemApproval, "first-form": cases.FirstForm, "referral": cases.Referral, "inquiry": cases.Inquiry,
    "supplement-press": cases.Supplement, "dispatch": cases.Dispatch, "dispatch-consent": cases.Dispatch, "appeal": cases.Appeal,
    "correction": cases.Correction, "elsewhere": cases.ExternalDecision, "execution-item": followup.ExecutionItem,
    "execution-proof": followup.ExecutionItem, "post-formality": followup.PostFormality, "post-defer": followup.PostFormality,
    "visit-plan": followup.VisitPlan, "visit-recommend": followup.VisitPlan, "tracking": followup.Tracking,
    "care-open": followup.Tracking, "visit-extra": followup.Tracking, "care-action": followup.CareAction,
    "case-volume": cases.Case, "followup-press": cases.Case, "hr-cadre": Cadre, "hr-check": followup.AppointmentCheck,
    "hr-judge": followup.AppointmentAnswer, "reform-point": cases.Case, "reform-waiver": cases.Case, "reform-letter-draft": cases.Case,
    "reform-education": cases.Case, "reform-add": followup.Blockage, "reform-item": followup.ReformItem,
    "reform-return": followup.ReformItem, "reform-gap": followup.ReformItem, "reform-look-back": followup.ReformItem,
    "reform-proof": followup.ReformReport, "reform-letter": followup.RecommendationLetter,
    "reform-letter-sign": followup.RecommendationLetter, "education-unit": followup.EducationUnit,
    "exchange-package": ExchangePackage, "exchange-file": ExchangePackage, "exchange-receipt": ExchangePackage,
    "joint-review": review.JointReview, "joint-opinion": review.JointReview, "joint-open": review.JointReview,
    "filing-file": FilingFile,
    **dict.fromkeys(("filing", "filing-edit", "filing-form", "filing-receipt", "filing-proof", "filing-step"), Filing),
    **dict.fromkeys(("duty-list", "duty-export", "duty-rows", "duty-return", "duty-press", "duty-add"), DutyList),
    "duty-change": Duty, "duty-row-press": Duty, "list-import": ImportJob, "problem-list": ProblemList, "problem-add": ProblemList,
    "problem-proof": RemedialAction,
    **dict.fromkeys(("problem", "problem-return", "problem-supervise", "problem-look-back", "problem-clue"), Problem),
    **dict.fromkeys(
        ("sample", "sample-paper", "sample-named", "sample-press", "sample-void", "sample-assign", "sample-files", "sample-bundle", "sample-finish"), review.Sample
    ),
    **dict.fromkeys(("sample-member", "sample-reassign", "sample-evaluate", "recheck-plan", "sample-order-new"), review.SampleMember),
    **dict.fromkeys(("sample-loan", "sample-loan-hand", "sample-loan-return", "sample-loan-letter"), review.SampleLoan),
    **dict.fromkeys(("recheck", "recheck-record"), review.OnSiteRecheck), "recheck-file": review.RecheckFile,
    **dict.fromkeys(
        (
            "sample-order", "sample-order-answer", "sample-order-accept", "sample-order-return", "sample-order-correct", "sample-order-letter",
            "sample-order-proof",
        ), review.CorrectionOrder
    ),
    "opinion-scan": cases.DistinctionAssessment, "claim-scan": cases.ToleranceClaim, "clearing": followup.NameClearing,
    "clearing-draft": cases.Case, "rectify-answer": followup.ExecutionItem, "rectify-proof": followup.RectifyReport,
    **dict.fromkeys(("precedent", "precedent-edit", "precedent-release"), cases.Precedent),
    "evaluation": review.Evaluation, "evaluation-act": review.Evaluation, "finding-set-aside": review.Finding,
    "joint-conclude": review.JointReview, "pre-review": review.PreReview, "pre-review-consent": review.PreReview,
}  # fmt: skip
"""Whose key stands in ``pk``; where the name says nothing, ``clues/`` names a clue, ``cases/`` and ``review/`` a case."""

REDRESS = {"appeals": cases.Appeal, "corrections": cases.Correction}
STEPS = {
    "case-press": sorted({step.code for table in PROCEDURES for step in table.steps} | {"committee_initiation", "committee_decision"}),
    "supplement-press": ["committee", "sign", "withdraw"], "redress-press": ["sign", "committee", "confirm"],
    "rectify-answer": ["accept", "return"],
    "filing-step": [*FILING_STEPS, "discard", "supply"],
    "followup-press": ["execute", "close"], "duty-press": ["submit", "publish", "discard"], "duty-row-press": ["up", "down", "remove"],
    "pre-review-press": ["ask", "receive"],
    "sample-press": ["freeze", "commit", "draw"],
    "evaluation-act": ["files", "rules", "finding", "bonus", "grade", "feedback", "comment", "report", "accept", "return", "look-back"],
}  # fmt: skip
"""What an address with a step is pressed with."""


def named_addresses():
    """Every named address of the house but the admin's."""
    for part in get_resolver().url_patterns:
        if str(part.pattern) != "admin/":
            for each in getattr(part, "url_patterns", [part]):
                if each.name:
                    yield each.name, str(each.pattern)


def row_addresses():
    """Those that name a row."""
    return [(name, pattern) for name, pattern in named_addresses() if name not in PLAIN]


def model_of(name, pattern):
    """Whose key the address takes."""
    if name in TAKES:
        return TAKES[name]
    head = pattern.split("/")[0]
    assert head in ("clues", "cases", "review"), f"{name}：请在 tests/access/walk.py 写明地址里是谁的编号"
    return cases.Clue if head == "clues" else cases.Case


def _first(rows):
    row = rows.first()
    return row.pk if row is not None else None


def _inner(name, pattern, row):
    """What stands in the other places of an address of a case: lists of values by the place's name."""
    values = {
        "<slug:panel>": list(PANELS.keys()), "<slug:step>": STEPS.get(name, []), "<slug:code>": [getattr(row, "verification_code", "")],
    }  # fmt: skip
    if isinstance(row, cases.Case):
        subject = row.subjects.filter(cadre__isnull=False).first() or row.subjects.first()
        values |= {
            "<uuid:subject_id>": [subject.pk if subject else None],
            "<uuid:evidence_id>": [_first(row.evidence.all())],
            "<uuid:fact_id>": [_first(row.facts.filter(kind="cause") if "cause" in pattern else row.facts.all())],
            "<uuid:point_id>": [_first(cases.DefencePoint.objects.filter(hearing__subject__case=row))],
            "<uuid:filing_id>": [_filing_of(row)],
            "<uuid:problem_id>": [_first(Problem.objects.filter(organization__in=organizations_of_case(row)))],
        }
    return values


def _filing_of(case):
    answered = FilingAnswer.objects.filter(case_id=case.pk).first()
    return answered.filing_id if answered else _first(Filing.objects.all())


def _links(case):
    for kind, model in LINKS.items():
        path = "subject__case" if model is cases.Attribution else "case"
        row = model.objects.filter(**{path: case}).first()
        if row is not None:
            yield kind, row.pk


def _filled(name, pattern, row):
    found = ["/" + pattern.replace("<uuid:pk>", str(row.pk))]
    if "<uuid:link_id>" in pattern:
        return [found[0].replace("<slug:kind>", kind).replace("<uuid:link_id>", str(pk)) for kind, pk in _links(row)]
    for place, choices in _inner(name, pattern, row).items():
        if place in pattern:
            found = [url.replace(place, str(choice)) for url in found for choice in choices if choice is not None]
    return found


def addresses_with(rows_of):
    """``(name, address, row)`` of every address that names a row, for each of the rows that ``rows_of(model)`` gives."""
    for name, pattern in row_addresses():
        kinds = REDRESS.items() if name.startswith("redress-") else [("", model_of(name, pattern))]
        for kind, model in kinds:
            for row in rows_of(model):
                for url in _filled(name, pattern.replace("<slug:kind>", kind) if kind else pattern, row):
                    assert "<" not in url, (name, url)
                    yield name, url, row


def models_named():
    """Every model of which an address takes a key."""
    return {model_of(name, pattern) for name, pattern in row_addresses() if not name.startswith("redress-")} | set(
        REDRESS.values()
    )
