"""The 22 mechanisms of the mission, each as one walks to it in the demonstration: who looks, where, what must stand there.

Read by ``tests/journeys/test_mechanisms.py``, which walks them, and by ``tests/pictures.py``, which takes their pictures and
writes ``docs/mechanisms.md``. Imports nothing of ours.
"""

from dataclasses import dataclass

UUID = "[0-9a-f-]{36}"


@dataclass(frozen=True)
class Look:
    """One page: ``start`` is an address (``{twelve}`` is the case of the old brickworks) or a page on whose first link of the
    shape ``follow`` one goes on; ``sees`` are words that must stand on it."""

    who: str
    start: str
    sees: tuple[str, ...]
    follow: str = ""


@dataclass(frozen=True)
class Mechanism:
    number: int
    name: str
    works: str
    looks: tuple[Look, ...]

    @property
    def picture(self):
        return f"mechanism-{self.number:02d}"


MECHANISMS = (
    Mechanism(1, "制度依据", "每一步、每个门槛、每个期限都写着它的条款", (
        Look("head", "/procedure/", ("《中国共产党问责条例》第九条", "《中国共产党问责条例》第十一条", "《中国共产党问责条例》第十七条")),
    )),
    Mechanism(2, "责任清单", "按组织、年份、版次；某人某日的职责按当日的任职和分工", (
        Look("conduct", "/lists/duties/", ("施行", "条号", "责任主体", "责任类别"), rf"/lists/duties/{UUID}/"),
        Look("principal", "{twelve}panel/responsibility/", ("DT02 安全生产第一责任人", "DT07 组织工贸安全检查并跟踪整改")),
    )),
    Mechanism(3, "问题清单", "每个问题有措施、期限、验收；逾期的一键转为线索", (
        Look("conduct", "/lists/problems/", ("逾期", "验收")),
        Look("principal", "/clues/?source=problem_list", ("问题清单",), rf"/clues/{UUID}/"),
    )),
    Mechanism(4, "党内问责与监察问责", "轨道随对象定，各有依据、措施、文书和救济", (
        Look("principal", "{twelve}panel/subjects/", ("党内问责", "监察问责", "周甲七", "吴甲八")),
        Look("principal", "{twelve}panel/decision/", ("监问", "纪问")),
    )),
    Mechanism(5, "问责主体", "谁能启动、谁须批准，缺位和越权都指出", (
        Look("principal", "{twelve}panel/approvals/", ("系统外批准", "关于对吴甲八启动问责调查的请示", "示例市委书记")),
        Look("head", "/procedure/", ("《中国共产党问责条例》第九条", "《中国共产党问责条例》第十二条")),
    )),
    Mechanism(6, "门槛：行为加后果", "研判时必答；够不上的走第一种形态", (
        Look("principal", "{twelve}panel/subjects/", ("第一种形态",)),
        Look("principal", "/clues/?state=assessed&source=accident_inquiry", ("S09", "行为", "后果", "启动问责调查"), rf"/clues/{UUID}/"),
    )),
    Mechanism(7, "四个事实", "每个事实都落在证据上", (
        Look("principal", "{twelve}panel/facts/", ("问题事实", "结果事实", "责任事实", "因果事实", "证")),
    )),
    Mechanism(8, "权力运行轨迹", "谁在哪天提议、论证、决策、授权、执行、监督", (
        Look("principal", "{twelve}panel/responsibility/", ("权力运行轨迹", "提议", "论证", "2024-03-29", "授权")),
    )),
    Mechanism(9, "责任划分", "集体和个人，全面、主要、重要，决策、执行、监管", (
        Look("principal", "{twelve}panel/responsibility/", ("全面领导责任", "主要领导责任", "重要领导责任", "决策责任", "监管责任")),
    )),
    Mechanism(10, "完整证据链", "职责、行为、结果、因果画成链条，断点指名", (
        Look("principal", "{twelve}panel/chain/", ("职责", "行为", "结果", "因果")),
    )),
    Mechanism(11, "陈述申辩", "事实与本人见面，采纳与否及理由", (
        Look("principal", "{twelve}panel/hearing/", ("属实", "有异议", "拒签", "不采纳", "采纳")),
    )),
    Mechanism(12, "容错免责", "正面、负面清单，事前备案；案件对着备案逐条答复", (
        Look("unit", "/tolerance/", ("容错备案", "草稿")),
        Look("unit", "/tolerance/lists/", ("正面清单", "负面清单", "第十七条")),
        Look("principal", "{twelve}panel/tolerance/", ("李甲六", "免予", "无意", "澄清正名")),
    )),
    Mechanism(13, "提级预审", "触发条件、上级意见，没有意见不能决定", (
        Look("principal", "{twelve}panel/review/", ("重要岗位", "提级预审", "变更处理", "示例省纪委监委")),
        Look("superior", "/review/?state=given", ("意见",), rf"/review/pre/{UUID}/"),
    )),
    Mechanism(14, "联审会商", "四室各写意见，分歧列明，形成纪要", (
        Look("principal", "{twelve}panel/review/", ("案件审理室", "案件监督管理室", "党风政风监督室", "分歧"), rf"/review/joint/{UUID}/"),
    )),
    Mechanism(15, "量纪平衡", "每一拟处理旁边是类案的分布、区间和本案位置", (
        Look("principal", "{twelve}panel/ruler/", ("单某某", "区间")),
        Look("principal", "/review/ruler/", ("情形", "责任")),
    )),
    Mechanism(16, "四种形态", "每个结果计入它所属的一种形态，点开就是那些行", (
        Look("principal", "/statistics/", ("四种形态", "第一种形态", "第二种形态", "人次")),
    )),
    Mechanism(17, "案件评议、抽查核查", "按指标评分，随机和分层抽查，实地复核，问题须整改", (
        Look("trial", "/review/evaluations/", ("优秀",)),
        Look("trial", "/review/indicators/", ("启动", "调查", "决定", "执行", "一票")),
        Look("conduct", "/review/samples/", ("总体", "种子"), rf"/review/samples/{UUID}/"),
    )),
    Mechanism(18, "执行", "送达、宣布、归档、手续、检讨，各是有日期的事实", (
        Look("principal", "{twelve}panel/execution/", ("送达", "宣布", "廉政档案归档", "书面检讨")),
    )),
    Mechanism(19, "申诉和纠正", "一个月内提出，一个月内答复，错了就改", (
        Look("casemgmt", "{twelve}panel/redress/", ("赵甲一", "变更", "2026-07-20")),
        Look("casemgmt", "{twelve}panel/redress/", ("抽调", "通报"), rf"/cases/appeals/{UUID}/"),
    )),
    Mechanism(20, "以案促改促治", "梗阻点、衰减点成为有人、有期限的整改事项", (
        Look("principal", "{twelve}panel/reform/", ("梗阻点", "衰减点", "权责脱节", "建议")),
    )),
    Mechanism(21, "跟踪回访", "谁问责谁回访", (
        Look("inspector", "/followup/?tab=visits&done=1", ("回访", "结论"), rf"/followup/visits/{UUID}/"),
        Look("inspector", "/followup/?tab=tracking", ("影响期",), rf"/followup/tracking/{UUID}/"),
    )),
    Mechanism(22, "干部使用", "影响期到日；组织人事部门的任用检查", (
        Look("hrcounty", "/hr/", ("免职", "党内严重警告", "2028-06-29"), rf"/hr/cadres/{UUID}/"),
        Look("hr", "/hr/check/", ("查询",)),
    )),
)  # fmt: skip
"""In the order of the mission's table."""
