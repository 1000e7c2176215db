"""A signature is on exactly what was shown; it is given once, by the right seat, and falls with any change."""

import pytest

from cases.models import Clue
from wenze.audit.models import LedgerEntry
from wenze.errors import NotYours, Stale
from wenze.workflow import approvals
from wenze.workflow.models import Approval, Signature


@pytest.fixture
def waiting(story):
    """A clue whose assessment waits for the head."""
    story.run("registered")
    from cases.services import intake

    intake.propose_assignment(
        clue_id=story.clue.pk, office=story.world["DEMO-JD"], handler=story.world.inspector, consultation="建议承办",
        actor=story.world.conduct, on=story.day,
    )  # fmt: skip
    return Approval.objects.get()


def sign(row, user, day, **more):
    return approvals.sign(approval_id=row.pk, shown_hash=row.dossier_hash, verdict="sign", actor=user, on=day, **more)


def test_a_double_click_signs_once(story, waiting):
    sign(waiting, story.world.deputy, story.day)
    sign(waiting, story.world.deputy, story.day)
    assert Signature.objects.count() == 1


def test_a_later_seat_waits_for_its_turn(story, waiting):
    with pytest.raises(NotYours):
        sign(waiting, story.world.principal, story.day)


def test_a_change_after_it_was_shown_voids_the_approval_and_nothing_is_signed(story, waiting):
    Clue.objects.filter(pk=story.clue.pk).update(summary="改过的摘要")
    with pytest.raises(Stale):
        sign(waiting, story.world.deputy, story.day)
    waiting.refresh_from_db()
    assert waiting.state == "void"
    assert not Signature.objects.exists()


def test_a_stale_page_signs_nothing(story, waiting):
    with pytest.raises(Stale):
        approvals.sign(
            approval_id=waiting.pk, shown_hash="0" * 64, verdict="sign", actor=story.world.deputy, on=story.day
        )
    assert not Signature.objects.exists()


def test_a_return_needs_words_and_keeps_what_was_typed(client, story, waiting):
    client.force_login(story.world.deputy)
    page = client.post(waiting.get_absolute_url(), {"verdict": "return", "opinion": "", "shown": waiting.dossier_hash})
    assert page.status_code == 422
    assert "须写明意见" in page.content.decode()
    client.post(
        waiting.get_absolute_url(), {"verdict": "return", "opinion": "承办室不妥", "shown": waiting.dossier_hash}
    )
    waiting.refresh_from_db()
    assert waiting.state == "returned"


def test_the_last_signature_moves_the_matter_and_both_stand_on_the_ledger(story, waiting):
    sign(waiting, story.world.deputy, story.day)
    sign(waiting, story.world.principal, story.day)
    assert Clue.objects.get().state == "assigned"
    assert {"approval.sign", "step.assign_clue", "document.issue"} <= set(
        LedgerEntry.objects.values_list("action", flat=True)
    )


def test_the_signing_page_shows_the_question_and_says_what_it_is_not(client, story, waiting):
    client.force_login(story.world.deputy)
    page = client.get(waiting.get_absolute_url()).content.decode()
    assert "是否同意按此分办？" in page
    assert "不是批准启动问责" in page
