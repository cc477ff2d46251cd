"""As in Jiangsu: numbered items, each 收入 and 支出 with its own change, 亿元 for a large department."""

from __future__ import annotations

from benchmarks.audit.voices import tables
from benchmarks.audit.voices.pen import Pen


class Jiangsu(Pen):
    """亿元 of four decimals."""

    unit = "亿元"
    decimals = 4

    def write(self) -> None:
        """Write the report."""
        office = self.office
        self.say(f"{self.y()}年度{self.who()}部门决算", "第三部分 部门决算情况说明", "一、收入支出决算总体情况说明")
        self.say(f"{self.y()}年度收入、支出决算总计{self.m('total')}。{self._since('total', '收、支总计各')}其中：")
        self.say(
            f"（一）收入决算总计{self.m('total')}。包括：",
            f"1.本年收入决算合计{self.m('income')}。{self._since('income')}",
        )
        if office.has("opening"):
            self.say(f"2.年初结转和结余{self.m('opening')}，为本单位上年结转本年使用的资金。")
        self.say(
            f"（二）支出决算总计{self.m('total')}。包括：",
            f"1.本年支出决算合计{self.m('exp')}。{self._since('exp')}",
            f"2.年末结转和结余{self.m('closing')}，结转下年使用。",
        )
        if office.exact["income.earned"] >= 0:
            listed = "；".join(
                f"{words}{self.m(key)}，占{self.s(key, 'income')}"
                for key, words in (("income.fiscal", "财政拨款收入"), ("income.earned", "事业收入"))
                if office.has(key)
            )
            self.say("二、收入决算情况说明", f"{self.y()}年度本年收入决算合计{self.m('income')}，其中：{listed}。")
        self.say(
            "三、支出决算情况说明",
            f"{self.y()}年度本年支出决算合计{self.m('exp')}，其中：基本支出{self.m('exp.basic')}，占{self.s('exp.basic', 'exp')}；项目支出{self.m('exp.project')}，占{self.s('exp.project', 'exp')}。",
        )
        if office.has("fiscal"):
            self.say(
                "四、财政拨款收入支出决算总体情况说明",
                f"{self.y()}年度财政拨款收入、支出决算总计{self.m('fiscal')}。{self._since('fiscal', '财政拨款收、支总计各')}",
            )
        if office.has("gp"):
            self._items()
        tables.total_table(self)
        if office.has("gp"):
            tables.general_table(self)

    def _since(self, key: str, words: str = "") -> str:
        if self.office.new:
            return ""
        if self.flat(key):
            return "与上年相比没有变化。"
        rate = f"，{self.w(key, self.faster)}{self.rate(f'g:{key}')}" if self.grows(key) else ""
        return f"与上年相比，{words}{self.w(key)}{self.m(f'd:{key}')}{rate}，变动原因：政策和任务调整。"

    def _items(self) -> None:
        office = self.office
        self.say(
            "五、一般公共预算财政拨款支出决算情况说明",
            f"{self.y()}年度一般公共预算财政拨款支出决算{self.m('gp')}。与{self.y()}年度年初预算{self.m('gp@b')}相比，完成年初预算的{self.rate('c:gp')}。其中：",
        )
        for code in office.classes():
            self.say(f"{self.name(code)}（类）")
            for number, item in enumerate((one for one in office.items if one[:3] == code), 1):
                key = f"gp.{item}"
                if office.has(f"{key}@b"):
                    self.say(
                        f"{number}.{self.name(item[:5])}（款）{self.name(item)}（项）。年初预算{self.m(f'{key}@b')}，支出决算{self.m(key)}，完成年初预算的{self.rate(f'c:{key}')}。"
                    )
