"""A partner on another network: an organisation with a key of its own, of which we know the public half."""

import datetime as dt
import hashlib
import json
import zipfile
from dataclasses import dataclass
from io import BytesIO

from wenze.deadlines import clock
from wenze.exchange import answering, archive, signing
from wenze.exchange.models import PartnerKey
from wenze.ids import uuid7


@dataclass
class Partner:
    organization: object
    private: bytes
    sent: int = 0

    @property
    def public(self):
        return signing.public_of(self.private)

    @property
    def fingerprint(self):
        return signing.fingerprint(self.public)

    def sign(self, content):
        return signing.sign(self.private, content)

    def answers(self, *, attachments=None, receiver="DEMO", sequence=None, **lists):
        self.sent += 1
        return answering.answer(
            self,
            receiver=receiver,
            sequence=sequence or self.sent,
            answers=lists,
            attachments=attachments,
            on=clock.today(),
        )

    def receipt_for(self, content, **changes):
        """The receipt of one of our packages."""
        opened = archive.opened(content)
        told = {"digest": opened.digest, **changes}
        files = {"receipt.json": archive.encoded(told)}
        manifest = self.manifest("receipt", files, in_reply_to=opened.manifest.package)
        return archive.written(manifest, self.sign(manifest.encoded()), files)

    def manifest(self, kind, files, **changes):
        values = {
            "package": uuid7(), "kind": kind, "sender": self.organization.code, "receiver": "DEMO", "created_on": clock.today(),
            "sequence": 1, "in_reply_to": None, "key": self.fingerprint, "files": archive.listed(files), **changes,
        }  # fmt: skip
        return archive.Manifest(**values)


def trusted(world, code, **changes):
    """A partner whose key two security administrators stand behind."""
    partner = Partner(world[code], signing.new_private())
    PartnerKey.objects.create(**{
        "commission": world["DEMO"], "organization": world[code], "public_key": partner.public, "from_on": dt.date(2026, 1, 1),
        "registered_by": world.secadmin, "confirmed_by": world.secadmin2, "confirmed_at": clock.now(), **changes,
    })  # fmt: skip
    return partner


def payload_of(content):
    opened = archive.opened(content)
    return opened.payload()


def names_in(content):
    with zipfile.ZipFile(BytesIO(content)) as archived:
        return archived.namelist()


def resigned(partner, content, change):
    """The package with its manifest changed as JSON and signed again: what a partner's own program might write."""
    opened = archive.opened(content)
    told = json.loads(opened.signed)
    change(told)
    signed = archive.encoded(told)
    return archive.packed(
        [("manifest.json", signed), ("manifest.sig", partner.sign(signed)), *sorted(opened.files.items())]
    )


def told_anew(content, name, new):
    """A forger's work: a file changed and the manifest made anew over it, the old signature kept."""
    opened = archive.opened(content)
    files = {**opened.files, name: new}
    told = json.loads(opened.signed)
    for row in told["files"]:
        row["size"], row["sha256"] = len(files[row["path"]]), hashlib.sha256(files[row["path"]]).hexdigest()
    return archive.packed(
        [("manifest.json", archive.encoded(told)), ("manifest.sig", opened.signature), *sorted(files.items())]
    )
