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


# --- 决定 -------------------------------------------------------------------------------------------------------------
@plants("JD01")
def wrong_track(t):
    return run("UPDATE cases_subject SET track = 'supervisory' WHERE id = %s", t.cadre)


@plants("JD02", "JD04", "JD03", "JD28", "JD24", "JD35")
def a_measure_that_is_not_his_to_get(t):
    return t.subject("cases_proposal", """measures = '["inspection"]'""")


@plants("JD03")
def committee_declined_the_decision(t):
    return run(
        "UPDATE workflow_offsystemapproval SET result = 'declined' WHERE case_id = %s AND step = 'approve_by_committee'",
        t.case,
    )


@plants("JD04")
def decided_otherwise(t):
    return run(
        "UPDATE cases_measure SET code = 'circulation', last_restricted_day = NULL, release_date = NULL"
        " WHERE decision_id = (SELECT id FROM cases_decision WHERE subject_id = %s)",
        t.cadre,
    )


@plants("JD06")
def tier_of_an_organization(t):
    return t.subject("cases_attribution", "tier = 'FULL'")


@plants("JD09")
def decided_without_reason(t):
    return t.subject("cases_decision", "reason = ''")


@plants("JD10")
def never_deliberated(t):
    run(
        "DELETE FROM cases_speakerview WHERE deliberation_id IN (SELECT id FROM cases_deliberation WHERE case_id = %s)",
        t.case,
    )
    return run("DELETE FROM cases_deliberation WHERE case_id = %s", t.case)


@plants("JD11")
def below_quorum(t):
    return t.case_rows("cases_deliberation", "expected = 20")


@plants("JD12")
def not_carried(t):
    return run(
        "UPDATE cases_speakerview SET agrees = %s WHERE deliberation_id IN (SELECT id FROM cases_deliberation WHERE case_id = %s)",
        False, t.case,
    )  # fmt: skip


@plants("JD13")
def recused_person_sat(t):
    return t.case_rows("cases_deliberation", """recused = '["常委甲"]'""")


@plants("JD14")
def silent_member(t):
    return run(
        "DELETE FROM cases_speakerview WHERE speaker = '常委乙' AND deliberation_id IN (SELECT id FROM cases_deliberation WHERE case_id = %s)",
        t.case,
    )


@plants("JD15")
def no_recorder(t):
    return t.case_rows("cases_deliberation", "recorder = ''")


@plants("JD16")
def minutes_unsigned(t):
    return t.unsigned("deliberate")


@plants("JD17", "JD21")
def deliberated_before_the_report(t):
    day = later(f"(SELECT max(written_on) FROM cases_report WHERE case_id = '{t.case}')", -1)
    return t.case_rows("cases_deliberation", f"held_on = {day}")


@plants("JD18")
def no_opinion_of_the_trial_office(t):
    return t.case_rows("review_adjudication", "given_on = NULL")


@plants("JD19")
def adjudicated_by_one(t):
    return run(
        "DELETE FROM review_adjudication_adjudicators WHERE id = (SELECT max(a.id) FROM review_adjudication_adjudicators a"
        " JOIN review_adjudication b ON a.adjudication_id = b.id WHERE b.case_id = %s)",
        t.case,
    )


@plants("JD20")
def investigator_adjudicated(t):
    return run(
        "UPDATE review_adjudication_adjudicators SET user_id = %s WHERE id = (SELECT max(a.id) FROM review_adjudication_adjudicators a"
        " JOIN review_adjudication b ON a.adjudication_id = b.id WHERE b.case_id = %s)",
        t.handler, t.case,
    )  # fmt: skip


@plants("JD21")
def adjudicated_after_the_sitting(t):
    day = later(f"(SELECT max(held_on) FROM cases_deliberation WHERE case_id = '{t.case}')", 1)
    return t.case_rows("review_adjudication", f"given_on = {day}")


@plants("JD22")
def opinion_paper_voided(t):
    return t.void("D16")


@plants("JD23")
def adjudication_late(t):
    return t.late("T10")


@plants("JD24", only="key")
def joint_review_never_held(t):
    return t.case_rows("review_jointreview", "held_on = NULL, concluded_on = NULL")


@plants("JD25", only="key")
def investigator_in_the_joint_review(t):
    return run(
        "UPDATE review_jointseat SET user_id = %s WHERE office = 'handling' AND joint_review_id IN"
        " (SELECT id FROM review_jointreview WHERE case_id = %s)",
        t.handler, t.case,
    )  # fmt: skip


@plants("JD26", only="key")
def joint_minutes_voided(t):
    return t.void("D15")


@plants("JD27", only="key")
def joint_review_late(t):
    return t.late("T12")


@plants("JD28", only="key")
def superior_never_answered(t):
    return t.case_rows("review_prereview", "given_on = NULL, opinion = ''")


@plants("JD29", only="key")
def decided_before_the_superior_answered(t):
    day = later(f"(SELECT decided_on FROM cases_case WHERE id = '{t.case}')", 2)
    return t.case_rows("review_prereview", f"given_on = {day}")


@plants("JD30", only="key")
def opinion_of_the_superior_voided(t):
    return t.void("D14")


@plants("JD31", only="key")
def pre_review_late(t):
    return t.late("T11")


@plants("JD24", "JD28", only="plain")
def a_key_case_treated_as_an_ordinary_one(t):
    return run("UPDATE cases_case SET is_sensitive = %s WHERE id = %s", True, t.case)


@plants("JD32")
def decision_unsigned(t):
    return t.unsigned("decide")


@plants("JD33")
def decision_paper_voided(t):
    return t.void("D19", t.cadre)


@plants("JD34")
def decision_without_a_number(t):
    return run("UPDATE documents_officialdocument SET number = '' WHERE kind = 'D19' AND subject_id = %s", t.cadre)


@plants("JD35")
def influence_a_month_short(t):
    return run(
        f"UPDATE cases_measure SET last_restricted_day = {later('last_restricted_day', -30)}"
        " WHERE decision_id = (SELECT id FROM cases_decision WHERE subject_id = %s)",
        t.cadre,
    )


@plants("JD36")
def signed_something_else(t):
    found = "(SELECT id FROM workflow_approval WHERE about_id = %s AND step = 'decide')"
    return run(f"UPDATE workflow_signature SET dossier_hash = 'x' WHERE approval_id IN {found}", t.case)


@plants("JD37")
def signed_before_it_was_asked(t):
    found = "(SELECT id FROM workflow_approval WHERE about_id = %s AND step = 'decide')"
    return run(
        f"UPDATE workflow_signature SET signed_on = {later('signed_on', -9)} WHERE approval_id IN {found}", t.case
    )


# --- 执行 -------------------------------------------------------------------------------------------------------------
@plants("ZX01")
def never_served(t):
    return t.item("service", "done_on = NULL")


@plants("ZX02", "ZX23")
def served_late(t):
    return t.item_late("service")


@plants("ZX03")
def never_announced(t):
    return t.item("announcement", "done_on = NULL")


@plants("ZX04", "ZX23")
def announced_late(t):
    return t.item_late("announcement")


@plants("ZX05")
def remedy_untold(t):
    return t.subject("cases_decision", "remedy_until = NULL")


@plants("ZX09", "ZX23")
def personnel_told_late(t):
    return t.item_late("hr_notice")


@plants("ZX11", "ZX23")
def integrity_file_late(t):
    return t.item_late("integrity_file")


@plants("ZX12", "ZX23")
def personnel_file_late(t):
    return t.item_late("personnel_file")


@plants("ZX13")
def done_without_words(t):
    return t.item("announcement", "proof = ''")


@plants("ZX14")
def not_filed_above(t):
    return t.item("filing_above", "done_on = NULL")


@plants("ZX15")
def no_self_criticism(t):
    return t.item("self_criticism", "done_on = NULL, proof_file_id = NULL")


@plants("ZX16")
def self_criticism_without_its_scan(t):
    return t.item("self_criticism", "proof_file_id = NULL")


@plants("ZX17", "ZX23")
def life_meeting_late(t):
    return t.item_late("life_meeting")


@plants("ZX18")
def nothing_to_be_reformed(t):
    run("DELETE FROM followup_reformreport WHERE case_id = %s", t.case)
    return run("DELETE FROM followup_reformitem WHERE case_id = %s", t.case)


@plants("ZX19")
def reform_overdue(t):
    return t.case_rows("followup_reformitem", "due_on = '2026-01-05'")


@plants("ZX20")
def no_visit_planned(t):
    return run("DELETE FROM followup_visitplan WHERE case_id = %s", t.case)


@plants("ZX21")
def first_visit_overdue(t):
    return t.case_rows("followup_visitplan", "due_on = '2026-01-05'", where="round = 'first'")


@plants("ZX25", "ZX12", "ZX23")
def late_without_words(t):
    return t.item("personnel_file", f"done_on = {later('due_on', 3)}, late_reason = ''")
