"""As in Chongqing: one decimal in per cents, 较上年决算数, and each amount against the initial budget too."""

from __future__ import annotations

from benchmarks.audit.voices import tables
from benchmarks.audit.voices.pen import Pen


class Chongqing(Pen):
    """Two decimals of 万元, per cents of one."""

    rate_decimals = 1

    def write(self) -> None:
        """Write the report."""
        office = self.office
        self.say(
            f"{self.who()}",
            f"{self.y()}年度部门决算情况说明",
            "一、单位基本情况",
            f"核定编制{self.n('posts', '人')}，年末在职{self.n('staff', '人')}。",
            "二、部门决算情况说明",
        )
        self.say(
            "（一）收入支出决算总体情况说明",
            f"1.总体情况。{self.y()}年度收入总计{self.m('total')}，支出总计{self.m('total')}。收支较上年决算数{self._change('total')}",
        )
        if office.exact["income.earned"] >= 0:
            listed = "；".join(
                f"{words}{self.m(key)}，占{self.s(key, 'income')}"
                for key, words in (("income.fiscal", "财政拨款收入"), ("income.earned", "事业收入"))
                if office.has(key)
            )
            self.say(
                f"2.收入情况。{self.y()}年度收入合计{self.m('income')}，较上年决算数{self._change('income', stop='。')}其中：{listed}。{self._carried()}"
            )
        self.say(
            f"3.支出情况。{self.y()}年度支出合计{self.m('exp')}，较上年决算数{self._change('exp', stop='。')}其中：基本支出{self.m('exp.basic')}，占{self.s('exp.basic', 'exp')}；项目支出{self.m('exp.project')}，占{self.s('exp.project', 'exp')}。"
        )
        self.say(f"4.结转结余情况。{self.y()}年度年末结转和结余{self.m('closing')}。")
        self._fiscal()
        self._three_public()
        self.say(
            "五、其他重要事项的情况说明",
            f"（一）机关运行经费情况说明。{self.y()}年度机关运行经费支出{self.m('organ')}，较上年决算数{self._change('organ')}",
        )
        self.say(
            f"（二）国有资产占用情况说明。截至{self.y()}年12月31日，本单位共有车辆{self.n('cars', '辆')}，其中，应急保障用车{self.n('cars.urgent', '辆')}、执法执勤用车{self.n('cars.law', '辆')}、特种专业技术用车{self.n('cars.special', '辆')}、其他用车{self.n('cars.other', '辆')}。"
        )
        self.say(
            f"（三）政府采购支出情况说明。{self.y()}年度政府采购支出总额{self.m('buy')}，其中：政府采购货物支出{self.m('buy.goods')}、政府采购工程支出{self.m('buy.works')}、政府采购服务支出{self.m('buy.services')}。"
        )
        tables.total_table(self)
        if office.has("gp"):
            tables.general_table(self)
        tables.three_public_table(self)

    def _carried(self) -> str:
        return f"此外，年初结转和结余{self.m('opening')}。" if self.office.has("opening") else ""

    def _change(self, key: str, base: str = "@p", stop: str = "，主要原因是业务量变化。") -> str:
        if base == "@p" and self.office.new:
            return "无法比较，主要原因是本单位为新增单位，无上年数据。"
        letter = "b" if base == "@b" else ""
        if self.flat(key, base):
            return "持平。"
        rate = f"，{self.w(key, self.faster, base)}{self.rate(f'g{letter}:{key}')}" if self.grows(key, base) else ""
        return f"{self.w(key, self.up, base)}{self.m(f'd{letter}:{key}')}{rate}{stop}"

    def _fiscal(self) -> None:
        office = self.office
        if not office.has("fiscal"):
            self.say("三、财政拨款情况说明", f"{self.y()}年度无财政拨款收入和支出。")
            return
        self.say(
            "（二）财政拨款收入支出决算总体情况说明",
            f"{self.y()}年度财政拨款收、支总计{self.m('fiscal')}。与{self.y(-1)}年相比，财政拨款收、支总计各{self._change('fiscal')}"
            if not office.new
            else f"{self.y()}年度财政拨款收、支总计{self.m('fiscal')}。",
        )
        self.say(
            "（三）一般公共预算财政拨款收入支出决算情况说明",
            f"1.支出情况。{self.y()}年度一般公共预算财政拨款支出{self.m('gp')}，较上年决算数{self._change('gp')}较年初预算数{self._change('gp', '@b')}",
        )
        self.say("2.比较情况。")
        for number, code in enumerate(office.classes(), 1):
            key = f"gp.{code}"
            self.say(
                f"（{number}）{self.name(code)}{self.m(key)}，占{self.s(key, 'gp')}，较年初预算数{self._change(key, '@b')}"
            )
        if office.has("gp.basic"):
            self.say(
                "（四）一般公共预算财政拨款基本支出决算情况说明",
                f"{self.y()}年度一般公共预算财政拨款基本支出{self.m('gp.basic')}。其中：人员经费{self.m('staff')}，较上年决算数{self._change('staff', stop='。')}公用经费{self.m('public')}，较上年决算数{self._change('public', stop='。')}",
            )

    def _three_public(self) -> None:
        self.say(
            "三、“三公”经费情况说明",
            f"（一）“三公”经费支出总体情况说明。{self.y()}年度“三公”经费支出共计{self.m('tp')}，较年初预算数{self._change('tp', '@b')}较上年支出数{self._change('tp')}",
        )
        for key, words in (
            ("tp.overseas", "因公出国（境）费用"),
            ("tp.purchase", "公务车购置费"),
            ("tp.operation", "公务车运行维护费"),
            ("tp.reception", "公务接待费"),
        ):
            self.say(
                f"{self.y()}年度本单位{words}支出{self.m(key)}。费用支出较年初预算数{self._change(key, '@b')}较上年支出数{self._change(key)}"
            )
        self.say(
            f"（三）“三公”经费实物量情况说明。{self.y()}年度本单位因公出国（境）共计{self.n('trips', '个')}团组，{self.n('travellers', '人')}；公务用车保有量为{self.n('kept', '辆')}；国内公务接待{self.n('visits', '批次')}{self.n('guests', '人次')}。"
        )
