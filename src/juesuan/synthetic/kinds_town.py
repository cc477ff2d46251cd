"""The offices that every town (镇), township (乡) and subdistrict (街道) has, and what the towns are called."""

from __future__ import annotations

from juesuan.synthetic.kinds import ADMINISTRATIVE, FULLY_FUNDED, PARTLY_FUNDED, Kind, Plan

_BEFORE = (("青", "qing"), ("白", "bai"), ("龙", "long"), ("石", "shi"), ("云", "yun"), ("清", "qingshui"), ("东", "dong"),
           ("南", "nan"), ("柳", "liu"), ("竹", "zhu"), ("金", "jin"), ("双", "shuang"), ("长", "chang"), ("平", "ping"))  # fmt: skip
_AFTER = (("溪", "xi"), ("泉", "quan"), ("桥", "qiao"), ("坪", "ping"), ("河", "he"),
          ("岭", "ling"), ("湾", "wan"), ("堰", "yan"), ("峰", "feng"), ("池", "chi"))  # fmt: skip
_RANKS = ("镇", "镇", "乡", "镇", "镇", "街道", "乡")
TOWNS = len(_BEFORE) * len(_AFTER)


def town(number: int) -> tuple[str, str, str]:
    """Return the name, its spelling and the rank (镇, 乡, 街道) of a town; no two of `TOWNS` are called the same."""
    turn, first = divmod(number, len(_BEFORE))
    (before, spelt), (after, spelt_after) = _BEFORE[first], _AFTER[(turn + first) % len(_AFTER)]
    return before + after, f"{spelt}-{spelt_after}", _RANKS[number % len(_RANKS)]


TOWN_KINDS = (
    Kind("zf", "人民政府", ADMINISTRATIVE, "2010301", 2300, 0.5,
         ("执行上级决定和本级人民代表大会决议", "发展乡村产业，办理公共服务", "维护社会稳定和安全生产"),
         ("整治人居环境", "硬化村组道路", "排查安全隐患", "办理群众来访"),
         (Plan("村级组织运转经费", "2130705", "grants"), Plan("人居环境整治经费", "2120501"), Plan("村组道路维修", "2129999", "works"),
          Plan("一般行政管理经费", "2010302")),
         fund=Plan("农村基础设施建设资金", "2120804", "works"), vehicles={"vehicles.emergency": 2.0, "vehicles.enforcement": 1.0}),
    Kind("wsy", "中心卫生院", PARTLY_FUNDED, "2100302", 1250, 0.6,
         ("提供基本医疗服务", "承担基本公共卫生服务", "管理村卫生室"),
         ("开展老年人健康体检", "接种疫苗", "管理慢性病患者", "培训乡村医生"),
         (Plan("基本公共卫生服务补助", "2100408"), Plan("基本药物制度补助", "2100302", "grants"), Plan("医疗设备购置", "2100302", "equipment")),
         outside_share=0.42, outside={"institutional": 0.9, "operating": 0.06, "other": 0.04}, hosts=False,
         vehicles={"vehicles.special": 1.0}, equipment=0.6),
    Kind("xx", "中心小学", FULLY_FUNDED, "2050202", 1150, 0.88,
         ("实施小学义务教育", "保障学生安全和健康", "开展教育教学研究"),
         ("开足国家课程", "组织课后服务", "改善学生食堂", "家访困难学生"),
         (Plan("生均公用经费项目", "2050202"), Plan("营养改善计划补助", "2050202", "grants"), Plan("校舍维修", "2050202", "works")),
         outside_share=0.03, outside={"other": 1.0}, hosts=False),
    Kind("cz", "初级中学", FULLY_FUNDED, "2050203", 1400, 0.87,
         ("实施初中义务教育", "开展德育和体育美育", "保障寄宿生生活"),
         ("组织课后服务", "开展实验教学", "改善寄宿条件", "资助困难学生"),
         (Plan("初中公用经费项目", "2050203"), Plan("寄宿生生活补助", "2050203", "grants"), Plan("实验室设备购置", "2050203", "equipment")),
         outside_share=0.02, outside={"other": 1.0}, hosts=False),
    Kind("nyzx", "农业综合服务中心", FULLY_FUNDED, "2130104", 210, 0.8,
         ("推广农业技术", "防控动物疫病", "服务农村集体经济"),
         ("培训种养大户", "防疫畜禽", "检测农产品"),
         (Plan("农技推广补助", "2130122"),), hosts=False),
    Kind("yey", "中心幼儿园", FULLY_FUNDED, "2050201", 330, 0.7,
         ("实施学前教育", "保障幼儿安全", "指导村办幼儿园"),
         ("开展保育教育", "改善活动场地", "组织家园活动"),
         (Plan("学前教育发展资金", "2050201", "equipment"),), outside_share=0.2, outside={"institutional": 1.0}, hosts=False),
    Kind("bmzx", "便民服务中心", FULLY_FUNDED, "2010350", 150, 0.85,
         ("受理群众办事事项", "代办社会保障业务", "更新政务公开栏"),
         ("办理社保医保业务", "上门服务老年人", "公开办事指南"),
         (Plan("便民服务大厅运行经费", "2010350"),), hosts=False),
)  # fmt: skip
