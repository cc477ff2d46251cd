"""As in Zhejiang and Beijing: both years printed (比上年X增加Y), each source and each 类 with its own change."""

from __future__ import annotations

from benchmarks.audit.voices import tables
from benchmarks.audit.voices.pen import Pen

_NUMBERS = "一二三四五六七八九"


class Zhejiang(Pen):
    """万元 with thousands separators."""

    grouped = True

    def write(self) -> None:
        """Write the report."""
        office = self.office
        self.say(
            f"{self.who()}{self.y()}年度部门决算说明",
            "一、部门概况",
            f"本单位核定编制{self.n('posts', '人')}，年末实有人数{self.n('staff', '人')}，离退休人员{self.n('retired', '人')}。",
            "二、收入支出决算总体情况说明",
        )
        self.say(f"{self.y()}年度收、支总计{self.m('total')}，{self._against('total')}。")
        self.say(
            "（一）收入决算说明", f"{self.y()}年度本年收入合计{self.m('income')}，{self._against('income')}，其中："
        )
        names = {"income.fiscal": "财政拨款收入", "income.earned": "事业收入"}
        for number, (key, words) in enumerate((key, words) for key, words in names.items() if office.exact[key] > 0):
            self.say(f"{number + 1}.{words}{self.m(key)}，占收入合计的{self.s(key, 'income')}。")
        self.say(
            "（二）支出决算说明",
            f"{self.y()}年度本年支出合计{self.m('exp')}，{self._against('exp')}，其中：基本支出{self.m('exp.basic')}，占支出合计的{self.s('exp.basic', 'exp')}；项目支出{self.m('exp.project')}，占支出合计的{self.s('exp.project', 'exp')}。",
        )
        if office.has("gp"):
            self._general()
        self._three_public()
        self.say("五、机关运行经费", f"机关运行经费合计{self.m('organ')}，{self._against('organ')}。")
        tables.total_table(self)
        if office.has("gp"):
            tables.general_table(self)
            tables.basic_table(self)

    def _against(self, key: str) -> str:
        if self.office.new:
            return "本单位为新设单位，无上年数"
        if self.flat(key):
            return "与上年持平"
        rate = f"，{self.w(key, self.faster)}{self.rate(f'g:{key}')}" if self.grows(key) else ""
        return f"比上年{self.m(f'{key}@p')}{self.w(key)}{self.m(f'd:{key}')}{rate}"

    def _general(self) -> None:
        office = self.office
        self.say(
            "三、一般公共预算财政拨款支出决算情况说明",
            f"{self.y()}年度一般公共预算财政拨款支出{self.m('gp')}，主要用于以下方面（按大类）：{'；'.join(self._class(one) for one in office.classes())}。",
        )
        for number, code in enumerate(office.classes()):
            key = f"gp.{code}"
            if office.has(f"{key}@b"):
                self.say(
                    f"（{_NUMBERS[number]}）“{self.name(code)}”{self.y()}年度决算{self.m(key)}，{self._budgeted(key)}。"
                )
        if office.has("gp.basic"):
            self.say(
                "四、一般公共预算财政拨款基本支出决算情况",
                f"使用一般公共预算财政拨款安排基本支出{self.m('gp.basic')}，其中：人员经费{self.m('staff')}，公用经费{self.m('public')}。",
            )

    def _class(self, code: str) -> str:
        return (
            f"{self.name(code)}{self.m(f'gp.{code}')}，占本年财政拨款支出{self.s(f'gp.{code}', 'gp')}"
            if not self.office.has("fund")
            else f"{self.name(code)}{self.m(f'gp.{code}')}"
        )

    def _budgeted(self, key: str) -> str:
        if self.flat(key, "@b"):
            return f"与{self.y()}年年初预算持平"
        return f"比{self.y()}年年初预算{self.m(f'{key}@b')}{self.w(key, self.up, '@b')}{self.m(f'db:{key}')}，{self.w(key, self.faster, '@b')}{self.rate(f'gb:{key}')}"

    def _three_public(self) -> None:
        self.say(
            "“三公”经费财政拨款决算情况",
            f"{self.y()}年“三公”经费财政拨款决算数{self.m('tp')}，{self._yearly('tp')}。其中：",
        )
        for number, (key, words) in enumerate(
            (
                ("tp.overseas", "因公出国（境）费用"),
                ("tp.reception", "公务接待费"),
                ("tp.vehicles", "公务用车购置及运行维护费"),
            ),
            1,
        ):
            self.say(f"{number}.{words}。{self.y()}年决算数{self.m(key)}，{self._yearly(key)}。")

    def _yearly(self, key: str) -> str:
        return (
            f"比{self.y()}年年初预算数{self.m(f'{key}@b')}{self.w(key, self.up, '@b')}{self.m(f'db:{key}')}"
            if not self.flat(key, "@b")
            else "与年初预算数持平"
        )
