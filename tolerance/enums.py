"""Words of the tolerance lists and filings (law.md §6, §6.1)."""

from __future__ import annotations

from django.db import models


class ItemKind(models.TextChoices):
    POSITIVE = "positive", "正面清单"
    NEGATIVE = "negative", "负面清单"


class Distinction(models.TextChoices):
    """三个区分开来, each with its item of 条例第十七条 (law.md §6)."""

    EXPERIENCE = "E17-1", "缺乏经验、先行先试的失误 ↔ 明知故犯"
    EXPLORATION = "E17-2", "尚无明确限制的探索性试验失误 ↔ 明令禁止后我行我素"
    INTENT = "E17-3", "推动发展的无意过失 ↔ 谋取私利"


class FilingState(models.TextChoices):
    """Where a filing stands. Whether it is in effect on a day follows from its validity, whether it was used from a case."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已报送"
    SUPPLEMENT = "supplement", "待补正"
    REGISTERED = "registered", "已登记备案"
    EXPLANATION = "explanation", "已收存（说明材料）"
    REFUSED = "refused", "不予备案"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "已失效"
    EXPIRED = "expired", "已到期"


class VersionKind(models.TextChoices):
    FIRST = "first", "初次报送"
    SUPPLEMENT = "supplement", "补正"
    CHANGE = "change", "变更备案"
    RENEWAL = "renewal", "续期"


class VersionState(models.TextChoices):
    """Of one version: what was submitted is never written again."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已报送"
    SUPPLEMENT = "supplement", "待补正"
    ACCEPTED = "accepted", "已登记"
    REFUSED = "refused", "不予登记"
    SUPERSEDED = "superseded", "已有新版"
    WITHDRAWN = "withdrawn", "已撤回"


class FileKind(models.TextChoices):
    MINUTES = "minutes", "会议纪要"
    LEGALITY = "legality", "合法性审查意见"
    EXPERT = "expert", "专家论证"
    PLEDGE = "pledge", "无私利承诺"
    SCAN = "scan", "签字盖章件"
    OTHER = "other", "其他附件"


class Secrecy(models.TextChoices):
    """State secrets are not kept here (law.md §10.6)."""

    PUBLIC = "public", "公开"
    INTERNAL = "internal", "内部"
    WORK = "work", "工作秘密"


class FilingEffect(models.TextChoices):
    """What a case makes of a filing (law.md §6.1 使用)."""

    NOT_ACCOUNTABLE = "not_accountable", "不予问责"
    EXEMPTED = "exempted", "免予问责"
    LIGHTER = "lighter", "从轻减轻"
    NOT_APPLICABLE = "not_applicable", "不适用"


class Correction(models.TextChoices):
    """Whether the error was put right, and when (law.md §6.1 是否及时纠错)."""

    TIMELY = "timely", "及时纠错"
    LATE = "late", "纠错不及时"
    NONE = "none", "没有纠错"


class Motive(models.TextChoices):
    """The first of the seed's three lines: 为公/为私."""

    PUBLIC = "public", "为公"
    PRIVATE = "private", "为私"


class Ban(models.TextChoices):
    """The second: 有禁/无禁."""

    FREE = "free", "无禁"
    FORBIDDEN = "forbidden", "有禁"


class Intent(models.TextChoices):
    """The third: 无意/有意."""

    UNINTENDED = "unintended", "无意"
    INTENDED = "intended", "有意"


class Assessor(models.TextChoices):
    """Whose opinion on the three lines it is (design §3); the second of the office writes without seeing the first."""

    HANDLING = "handling", "承办室"
    SECOND = "second", "承办室第二评判人"
    PERSONNEL = "personnel", "组织人事部门"
    AUTHORITY = "authority", "主管部门"


class ClaimState(models.TextChoices):
    """事后申请：申请—核实—认定—反馈—澄清 (law.md §6.1)."""

    APPLIED = "applied", "已申请"
    VERIFIED = "verified", "已核实"
    RECOGNISED = "recognised", "已认定"
    ANSWERED = "answered", "已反馈"
