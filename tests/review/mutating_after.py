"""Defects planted in what comes after the inquiry: decision and execution (``mutating`` says how an operator is written)."""

from tests.review.mutating import later, plants, run


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
