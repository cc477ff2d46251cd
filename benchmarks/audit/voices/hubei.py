"""As in Hubei: 元 with thousands separators, shares in brackets, counts in Chinese numerals, two spaces before units."""

from __future__ import annotations

from benchmarks.audit.voices import tables
from benchmarks.audit.voices.pen import Pen


class Hubei(Pen):
    """元 with separators, as a web page."""

    unit = "元"
    grouped = True
    ending = ".html"

    def write(self) -> None:
        """Write the report."""
        office = self.office
        self.say(
            f"{self.y()}年度{self.who()}单位决算",
            "第一部分 单位基本情况",
            f"在职职工{self.n('staff', '人')}，编制{self.n('posts', '人')}。",
            f"第二部分 {self.y()}年度单位决算情况说明",
        )
        self.say(
            "一、收入支出决算总体情况说明",
            f"{self.y()}年度收入总计为{self.m('total')}，支出总计为{self.m('total')}。{self._since('total', '收、支总计各')}",
        )
        if office.exact["income.earned"] >= 0:
            listed = "；".join(
                f"（{number}）{words}{self.m(key)}（占本年收入{self.s(key, 'income')}）"
                for number, (key, words) in enumerate(
                    (("income.fiscal", "财政拨款收入"), ("income.earned", "事业收入")), 1
                )
                if office.has(key)
            )
            self.say("二、收入决算情况说明", f"{self.y()}年度本年收入合计{self.m('income')}。其中：{listed}。")
        self.say(
            "三、支出决算情况说明",
            f"{self.y()}年度本年支出合计{self.m('exp')}。其中：基本支出{self.m('exp.basic')}（占本年支出{self.s('exp.basic', 'exp')}）；项目支出{self.m('exp.project')}（占本年支出{self.s('exp.project', 'exp')}）。",
        )
        if office.has("gp"):
            self._general()
        parts = {"tp.overseas": "因公出国（境）费", "tp.vehicles": "公务用车购置及运行费", "tp.reception": "公务接待费"}
        listed = "，".join(f"{words}为{self.m(key)}" for key, words in parts.items())
        self.say(
            "七、“三公”经费支出情况说明",
            f"{self.y()}年度“三公”经费支出决算为{self.m('tp')}，其中：{listed}。{self._since('tp', '“三公”经费支出')}",
        )
        self.say(
            f"公务用车购置费支出{self.m('tp.purchase')}，公务用车运行维护费支出{self.m('tp.operation')}，年末公务用车保有量{self.n('kept', '辆', chinese=True)}。"
        )
        self.say(
            "八、国有资产占用情况",
            f"截至{self.y()}年12月31日，单位共有车辆{self.n('cars', '辆')}，其中：应急保障用车{self.n('cars.urgent', '辆')}，执法执勤用车{self.n('cars.law', '辆')}，特种专业技术用车{self.n('cars.special', '辆')}，其他用车{self.n('cars.other', '辆')}。",
        )
        tables.total_table(self)
        tables.three_public_table(self)

    def _since(self, key: str, words: str) -> str:
        if self.office.new or self.flat(key):
            return "与上年持平。" if not self.office.new else ""
        rate = f"，{self.w(key, self.faster)}{self.rate(f'g:{key}')}" if self.grows(key) else ""
        return f"与{self.y(-1)}年度相比，{words}{self.w(key)}{self.m(f'd:{key}')}{rate}，主要原因是人员经费调整。"

    def _general(self) -> None:
        office = self.office
        self.say(
            "四、一般公共预算财政拨款支出决算情况说明",
            f"{self.y()}年度一般公共预算财政拨款支出{self.m('gp')}，占本年支出合计的{self.s('gp', 'exp')}。{self._since('gp', '一般公共预算财政拨款支出')}",
        )
        self.say(
            f"一般公共预算财政拨款支出年初预算为{self.m('gp@b')}，支出决算为{self.m('gp')}，完成年初预算的{self.rate('c:gp')}。其中："
        )
        for number, code in enumerate(office.classes(), 1):
            key = f"gp.{code}"
            self.say(
                f"{number}.{self.name(code)}（类）。年初预算为{self.m(f'{key}@b')}，支出决算为{self.m(key)}，完成年初预算的{self.rate(f'c:{key}')}。"
            )
        if office.has("gp.basic"):
            self.say(
                "五、一般公共预算财政拨款基本支出决算情况说明",
                f"{self.y()}年度一般公共预算财政拨款基本支出{self.m('gp.basic')}，其中，人员经费{self.m('staff')}，主要包括工资福利等；公用经费{self.m('public')}，主要包括办公费等。",
            )
