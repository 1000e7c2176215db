"""Kinds of organisation, levels and the ladder of posts (law.md §10)."""

from __future__ import annotations

from django.db import models


class OrganizationKind(models.TextChoices):
    """What an organisation is in the Party's and the state's order."""

    PARTY_COMMITTEE = "party_committee", "党委"
    PARTY_GROUP = "party_group", "党组"
    PARTY_BRANCH = "party_branch", "基层党组织"
    WORKING_ORGAN = "working_organ", "党的工作机关"
    COMMISSION = "commission", "纪委监委"
    OFFICE = "office", "内设室"
    RESIDENT_OFFICE = "resident_office", "派驻机构"
    HR = "hr", "组织人事部门"
    ADMINISTRATIVE = "administrative", "行政单位"
    ENTERPRISE = "enterprise", "企事业单位"
    OTHER = "other", "其他"

    @property
    def is_party_organization(self) -> bool:
        """Whether the Party track may hold it to account as an organisation (问责条例第五条)."""
        return self in (self.PARTY_COMMITTEE, self.PARTY_GROUP, self.PARTY_BRANCH, self.WORKING_ORGAN, self.COMMISSION)


class Level(models.TextChoices):
    CENTRAL = "central", "中央"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWN = "town", "乡镇级"


class PostRank(models.IntegerChoices):
    """职务层次, low to high (law.md §10.1)."""

    STAFF = 1, "科员"
    TOWNSHIP_DEPUTY = 2, "乡科级副职"
    TOWNSHIP_CHIEF = 3, "乡科级正职"
    COUNTY_DEPUTY = 4, "县处级副职"
    COUNTY_CHIEF = 5, "县处级正职"
    BUREAU_DEPUTY = 6, "厅局级副职"
    BUREAU_CHIEF = 7, "厅局级正职"
    PROVINCE_DEPUTY = 8, "省部级副职"
    PROVINCE_CHIEF = 9, "省部级正职"
    STATE_DEPUTY = 10, "国家级副职"
    STATE_CHIEF = 11, "国家级正职"


class PartyMembership(models.TextChoices):
    MEMBER = "member", "中共党员"
    PROBATIONARY = "probationary", "预备党员"
    NONE = "none", "非中共党员"
