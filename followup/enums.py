"""Words of execution and follow-up (law.md §3, §8)."""

from __future__ import annotations

from django.db import models


class ItemKind(models.TextChoices):
    """What a decision asks to be done (条例第十三条)."""

    SERVICE = "service", "送达"
    ANNOUNCEMENT = "announcement", "宣布"
    SELF_CRITICISM = "self_criticism", "书面检讨"
    LIFE_MEETING = "life_meeting", "民主生活会检查"
    FORMALITIES = "formalities", "组织处理手续"
    INTEGRITY_FILE = "integrity_file", "廉政档案归档"
    PERSONNEL_FILE = "personnel_file", "人事档案归档"
    HR_NOTICE = "hr_notice", "通报组织部门"
    FILING_ABOVE = "filing_above", "上一级组织部门备案"
    PUBLICATION = "publication", "以适当方式公开"
    WRITTEN_INSPECTION = "written_inspection", "党组织书面检查"
    PROPOSAL_REPLY = "proposal_reply", "有权机关回复"
    SANCTION_ANNOUNCEMENT = "sanction_announcement", "处分宣布"
    SANCTION_REPORT = "sanction_report", "处分执行情况报告"
    SALARY = "salary", "职务工资手续"
    RECTIFY_NOTICE = "rectify_notice", "发出纠错通知"
    RECTIFICATION = "rectification", "整改"
    REDRESS_SERVICE = "redress_service", "送达处理（纠正）决定"
    REDRESS_TELLING = "redress_telling", "在原范围告知"
    FILE_CORRECTION = "file_correction", "撤回档案中的原材料，补入变更决定"
    NAME_CLEARING = "name_clearing", "澄清正名"
    BODY_INFORMED = "body_informed", "通知已作决定的机关"


class ServiceWay(models.TextChoices):
    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    MAIL = "mail", "邮寄送达"
    ENTRUSTED = "entrusted", "委托送达"
    NOTICE = "notice", "公告送达"


class VisitWay(models.TextChoices):
    """The seed's four ways of a follow-up visit."""

    EARLY_ANALYSIS = "early_analysis", "提前介入分析"
    DISCIPLINE_TEACHING = "discipline_teaching", "加强纪律宣传"
    EXECUTION_TRACKING = "execution_tracking", "跟踪处分决定落实"
    HEART_TALK = "heart_talk", "深入谈心谈话"


class Mood(models.TextChoices):
    STEADY = "steady", "平稳"
    PASSIVE = "passive", "消极"
    RESISTANT = "resistant", "抵触"


class VisitConclusion(models.TextChoices):
    KEEP_HELPING = "keep_helping", "继续帮教"
    NORMAL = "normal", "正常"
    SUGGEST_USE = "suggest_use", "建议使用"
    SUGGEST_STRICT = "suggest_strict", "建议从严"


class VisitRound(models.TextChoices):
    FIRST = "first", "首次回访"
    BEFORE_RELEASE = "before_release", "影响期满前回访"
    EXTRA = "extra", "增加回访"


class CareKind(models.TextChoices):
    """跟踪管理的四项配套 (the seed, 三)."""

    RISK = "risk", "风险防范"
    SUPERVISED = "supervised", "跟踪督办"
    CARE = "care", "关心关爱"
    GUIDANCE = "guidance", "宣传引导"


class CheckVerdict(models.TextChoices):
    """What an appointment check says of one person. It never says that he may be promoted."""

    RESTRICTED = "restricted", "在影响期内，受限"
    NOTED = "noted", "不拦，但须注意"
    CLEAR = "clear", "无在影响期的处理"
    UNKNOWN = "unknown", "有处理而日期不详，须向决定机关查明"
    NOT_FOUND = "not_found", "没有这名干部的登记"
    AMBIGUOUS = "ambiguous", "同名多人，请以身份证号查询"


class Judgement(models.TextChoices):
    """HR's own (干部任用条例第二十四条第六项: 期满影响使用的除外)."""

    SUITABLE = "suitable", "适合使用"
    UNSUITABLE = "unsuitable", "暂不适合使用"


class PointKind(models.TextChoices):
    """Where power did not pass on the chain (law.md §8): it stuck there, or it faded."""

    BLOCKAGE = "blockage", "梗阻点"
    ATTENUATION = "attenuation", "衰减点"


class Deviation(models.TextChoices):
    """The three deviations by which a point is explained."""

    THINKING = "thinking", "思想认识偏差"
    POWERS = "powers", "权责脱节偏差"
    PRESSURE = "pressure", "压力传导偏差"


class ReformState(models.TextChoices):
    OPEN = "open", "整改中"
    REPORTED = "reported", "待验收"
    RETURNED = "returned", "退回整改"
    WRITTEN_OFF = "written_off", "已销号"


class LetterKind(models.TextChoices):
    """The three kinds of recommendation (law.md §8)."""

    DISCIPLINE = "discipline_recommendation", "纪律检查建议"
    SUPERVISION = "supervision_recommendation", "监察建议"
    JOINT = "joint", "纪检监察建议"

    @property
    def binds_by_law(self) -> bool:
        """Whether it is a 监察建议 too, which may not be refused without good reason (监察法第七十一条)."""
        return self != LetterKind.DISCIPLINE


class EducationKind(models.TextChoices):
    WARNING = "warning", "警示教育"
    INFERENCE = "inference", "举一反三"
