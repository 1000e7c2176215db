"""Defects planted by SQL in a valid case: each operator says which rule must find it, and imports none of them.

An operator changes the rows of one case, and of nothing else; ``Planted`` names the code that must be found and those
that follow from the same change. The operators know the tables, not the rules.
"""

from dataclasses import dataclass, field

from django.db import connection

OPERATORS = {}


@dataclass(frozen=True)
class Operator:
    plant: object
    must: str
    follows: frozenset = field(default_factory=frozenset)
    only: str = ""


def plants(must, *follows, only=""):
    """``must``: the code of the defect; ``follows``: what the same change makes wrong besides; ``only``: in which cases."""

    def register(plant):
        OPERATORS[plant.__name__] = Operator(plant, must, frozenset(follows), only)
        return plant

    return register


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def key(row):
    """How the database holds a row's key."""
    return row.hex if connection.vendor == "sqlite" else row


class Target:
    """The case as an operator sees it: keys for SQL."""

    def __init__(self, case):
        self.case = key(case.pk)
        self.clue = key(case.clues.order_by("pk").first().pk)
        self.cadre = key(case.subjects.get(kind="cadre").pk)
        self.organization = key(case.subjects.get(kind="organization").pk)
        self.handler = key(case.handler_id)

    def case_rows(self, table, change, *values, where="1=1"):
        return run(f"UPDATE {table} SET {change} WHERE case_id = %s AND {where}", *values, self.case)

    def subject(self, table, change, *values, whose=None):
        return run(f"UPDATE {table} SET {change} WHERE subject_id = %s", *values, whose or self.cadre)

    def void(self, kind, subject=None):
        return run(
            "UPDATE documents_officialdocument SET state = 'void' WHERE case_id = %s AND kind = %s"
            + (" AND subject_id = %s" if subject else ""),
            self.case, kind, *([subject] if subject else []),
        )  # fmt: skip

    def unsigned(self, step, about=None, seat=None):
        found = "(SELECT id FROM workflow_approval WHERE about_id = %s AND step = %s AND state = 'complete')"
        return run(
            f"DELETE FROM workflow_signature WHERE approval_id IN {found}" + (" AND seat = %s" if seat else ""),
            about or self.case, step, *([seat] if seat else []),
        )  # fmt: skip

    def late(self, rule, about=None):
        return run(
            f"UPDATE terms_clock SET met_on = {later('due_on', 3)} WHERE rule = %s AND (case_id = %s OR about_id = %s)",
            rule, self.case, about or self.clue,
        )  # fmt: skip

    def item(self, kind, change, *values):
        return run(
            f"UPDATE followup_executionitem SET {change} WHERE case_id = %s AND kind = %s AND void_on IS NULL AND due_on IS NOT NULL",
            *values, self.case, kind,
        )  # fmt: skip

    def item_late(self, kind):
        return self.item(kind, f"done_on = {later('due_on', 3)}, late_reason = '交接拖延'")


def later(column, days):
    if connection.vendor == "sqlite":
        return f"date({column}, '{days:+d} days')"
    return f"({column} + {days})"


# --- 启动 -------------------------------------------------------------------------------------------------------------
@plants("QD01")
def clue_received_after_it_was_registered(t):
    return run(f"UPDATE cases_clue SET received_on = {later('registered_on', 2)} WHERE id = %s", t.clue)


@plants("QD02")
def registration_form_voided(t):
    return run("UPDATE documents_officialdocument SET state = 'void' WHERE about_id = %s AND kind = 'D01'", t.clue)


@plants("QD03")
def assignment_without_a_signature(t):
    return t.unsigned("assign_clue", t.clue, "principal")


@plants("QD04")
def verified_by_one(t):
    return run(
        "DELETE FROM cases_verification_members WHERE user_id <> %s AND verification_id IN (SELECT id FROM cases_verification WHERE clue_id = %s)",
        t.handler, t.clue,
    )  # fmt: skip


@plants("QD05")
def verification_plan_after_its_report(t):
    return run(f"UPDATE cases_verification SET approved_on = {later('reported_on', 1)} WHERE clue_id = %s", t.clue)


@plants("QD06")
def threshold_without_basis(t):
    return run("UPDATE cases_thresholdtest SET consequence_basis = '' WHERE clue_id = %s", t.clue)


@plants("QD07")
def no_consequence(t):
    return run("UPDATE cases_thresholdtest SET consequences = '[]' WHERE clue_id = %s", t.clue)


@plants("QD08")
def assessment_without_a_signature(t):
    return t.unsigned("assess_clue", t.clue)


@plants("QD09")
def act_after_the_application(t):
    day = later("(SELECT applied_on FROM cases_case WHERE id = cases_subject.case_id)", 5)
    return run(f"UPDATE cases_subject SET act_on = {day} WHERE id = %s", t.cadre)


@plants("QD10", "QD11", "JD02")
def subject_who_was_no_leading_cadre(t):
    return run(
        "UPDATE people_post SET is_leading = %s WHERE id = (SELECT post_id FROM cases_subject WHERE id = %s)",
        False, t.cadre,
    )  # fmt: skip


@plants("QD13")
def filed_for_review_before(t):
    return run("UPDATE cases_subject SET filed_review_number = '示立〔2026〕1号' WHERE id = %s", t.cadre)


@plants("QD14")
def initiation_without_the_principal(t):
    return t.unsigned("approve_initiation", seat="principal")


@plants("QD15", "QD16")
def approved_before_it_was_asked(t):
    return run(f"UPDATE cases_case SET approved_on = {later('applied_on', -2)} WHERE id = %s", t.case)


@plants("QD16")
def committee_declined_the_initiation(t):
    return run(
        "UPDATE workflow_offsystemapproval SET result = 'declined' WHERE case_id = %s AND step = 'approve_initiation'",
        t.case,
    )


@plants("QD17")
def initiation_form_voided(t):
    return t.void("D03")


@plants("QD18")
def clue_late(t):
    return t.late("T01")


@plants("QD20")
def initiation_late(t):
    return t.late("T05")


# --- 调查 -------------------------------------------------------------------------------------------------------------
@plants("DC01")
def team_of_one(t):
    return run("DELETE FROM cases_teammember WHERE case_id = %s AND is_leader = %s", t.case, False)


@plants("DC02")
def team_without_a_leader(t):
    return t.case_rows("cases_teammember", "is_leader = %s", False)


@plants("DC03")
def no_declaration(t):
    return t.case_rows("cases_teammember", "statement = ''", where="is_leader = TRUE")


@plants("DC05", "QD14", "JD32", "DC36", "JD13")
def approver_is_an_investigator(t):
    found = "(SELECT id FROM workflow_approval WHERE about_id = %s AND step = 'decide')"
    return run(f"UPDATE workflow_signature SET signer_id = %s WHERE approval_id IN {found}", t.handler, t.case)


@plants("DC06")
def plan_unapproved(t):
    return t.case_rows("cases_investigationplan", "approved_on = NULL")


@plants("DC07")
def plan_after_the_facts(t):
    day = later(f"(SELECT max(issued_on) FROM cases_hearing WHERE subject_id = '{t.cadre}')", 2)
    return t.case_rows("cases_investigationplan", f"approved_on = {day}")


@plants("DC08")
def plan_paper_voided(t):
    return t.void("D05")


@plants("DC09")
def notification_voided(t):
    return t.void("D06", t.cadre)


@plants("DC10")
def inquiry_late(t):
    return t.late("T06")


@plants("DC12", "DC19")
def result_without_evidence(t):
    return run(
        "DELETE FROM cases_factevidence WHERE fact_id IN (SELECT id FROM cases_fact WHERE case_id = %s AND kind = 'problem')",
        t.case,
    )


@plants("DC11", "DC19")
def no_problem_fact(t):
    return t.case_rows("cases_fact", "withdrawn_on = '2020-01-01'", where="kind = 'problem'")


@plants("DC13")
def evidence_taken_by_one(t):
    return t.case_rows("cases_evidence", "second_taker_name = ''", where="serial = 1")


@plants("DC14")
def evidence_after_the_report(t):
    day = later(f"(SELECT max(written_on) FROM cases_report WHERE case_id = '{t.case}')", 3)
    return t.case_rows("cases_evidence", f"taken_on = {day}", where="serial = 1")


@plants("DC17")
def catalogue_voided(t):
    return t.void("D08")


@plants("DC18")
def no_attribution(t):
    return t.subject("cases_attribution", "withdrawn_on = '2020-01-01'")


@plants("DC19")
def event_withdrawn(t):
    return t.case_rows("cases_trailevent", "withdrawn_on = '2020-01-01'", where=f"subject_id = '{t.cadre}'")


@plants("DC21")
def statement_voided(t):
    return t.void("D09", t.cadre)


@plants("DC22")
def never_met(t):
    return t.subject("cases_hearing", "met_on = NULL")


@plants("DC23")
def met_before_it_was_sent(t):
    return t.subject("cases_hearing", f"met_on = {later('issued_on', -1)}")


@plants("DC24")
def met_after_the_report(t):
    day = later(f"(SELECT max(written_on) FROM cases_report WHERE case_id = '{t.case}')", 2)
    return t.subject("cases_hearing", f"met_on = {day}")


@plants("DC25")
def met_by_one(t):
    return t.subject("cases_hearing", "second_name = ''")


@plants("DC26")
def record_voided(t):
    return t.void("D10", t.organization)


@plants("DC27")
def opinion_unsigned(t):
    return t.subject("cases_hearing", "opinion = ''")


@plants("DC30", "JD28")
def disputed_without_points(t):
    return t.subject("cases_hearing", "opinion = 'disputed'")


@plants("DC31")
def answers_voided(t):
    return t.void("D11", t.cadre)


@plants("DC33")
def report_without_a_part(t):
    return t.case_rows("cases_report", "attitude = ''")


@plants("DC34")
def report_not_discussed(t):
    return t.case_rows("cases_report", "discussed_on = NULL")


@plants("DC35")
def report_signed_by_one(t):
    return t.case_rows("cases_report", "signed_by = '程示例'")


@plants("DC36")
def report_without_the_leaders_signature(t):
    return t.unsigned("approve_report", seat="leader")


@plants("DC37")
def report_paper_voided(t):
    return t.void("D12")
