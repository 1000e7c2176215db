"""The roles of the office (design §4). What a role *sees*: the policy; what it *does*: the procedure's ``by=``."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """A dated role is held for an organisation: an office, a commission, a unit."""

    INSPECTOR = "inspector", "承办人"
    HEAD = "head", "室主任"
    CONDUCT = "conduct", "党风政风监督室"
    CASEMGMT = "casemgmt", "案件监督管理室"
    TRIAL = "trial", "案件审理室"
    LEADER = "leader", "分管领导"
    PRINCIPAL = "principal", "主要负责人"
    PARTY_COMMITTEE = "party_committee", "党委办公室"
    SUPERIOR = "superior", "上级纪委监委"
    HR = "hr", "组织人事部门"
    UNIT = "unit", "报备单位"
    SYSADMIN = "sysadmin", "系统管理员"
    SECADMIN = "secadmin", "安全管理员"
    AUDITADMIN = "auditadmin", "审计管理员"
