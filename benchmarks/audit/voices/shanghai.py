"""As in Shanghai: tables first, one figure 收入支出总计, each 项 with purpose, budget, outcome, rate and reason."""

from __future__ import annotations

from benchmarks.audit.voices import tables
from benchmarks.audit.voices.pen import Pen

_THREE = {"tp.overseas": "因公出国（境）费", "tp.vehicles": "公务用车购置及运行维护费", "tp.reception": "公务接待费"}


class Shanghai(Pen):
    """Two decimals of 万元; saved as Word."""

    ending = ".docx"

    def write(self) -> None:
        """Write the report."""
        self.say(f"{self.who()}{self.y()}年度部门决算", "第一部分 概况", "第二部分 部门决算表")
        tables.total_table(self)
        if self.office.has("gp"):
            tables.general_table(self, total_first=False)
            tables.basic_table(self)
        tables.three_public_table(self)
        self.say(f"第三部分 {self.y()}年度部门决算情况说明")
        self._totals()
        self._general()
        self._three_public()
        self._rest()

    def _since(self, key: str, words: str) -> str:
        if self.office.new:
            return "本单位本年度新设，无上年数。"
        if self.flat(key):
            return f"与{self.y(-1)}年度持平。"
        rate = f"，{self.w(key, self.faster)}{self.rate(f'g:{key}')}" if self.grows(key) else ""
        return f"与{self.y(-1)}年度相比，{words}{self.w(key)}{self.m(f'd:{key}')}{rate}。主要原因：项目安排变化。"

    def _totals(self) -> None:
        self.say(
            "一、收入支出决算总体情况说明",
            f"{self.who()}{self.y()}年度收入支出总计{self.m('total')}。{self._since('total', '收入支出总计')}",
        )
        if self.office.exact["income.earned"] >= 0:
            listed = "；".join(
                f"{words}{self.m(key)}，占{self.s(key, 'income')}"
                for key, words in (("income.fiscal", "财政拨款收入"), ("income.earned", "事业收入"))
                if self.office.has(key)
            )
            self.say("二、收入决算情况说明", f"本年收入合计{self.m('income')}，其中：{listed}。")
        self.say(
            "三、支出决算情况说明",
            f"本年支出合计{self.m('exp')}，其中：基本支出{self.m('exp.basic')}，占{self.s('exp.basic', 'exp')}；项目支出{self.m('exp.project')}，占{self.s('exp.project', 'exp')}。",
        )
        if self.office.has("fiscal"):
            self.say(
                "四、财政拨款收入支出决算总体情况说明",
                f"{self.who()}{self.y()}年度财政拨款收入支出总计{self.m('fiscal')}。{self._since('fiscal', '财政拨款收入支出总计')}",
            )

    def _general(self) -> None:
        office = self.office
        self.say("五、一般公共预算财政拨款支出决算情况说明")
        if not office.has("gp"):
            self.say(f"{self.who()}{self.y()}年度无一般公共预算财政拨款支出。")
            return
        self.say(
            "（一）一般公共预算财政拨款支出决算总体情况",
            f"一般公共预算财政拨款支出{self.m('gp')}，占本年支出合计的{self.s('gp', 'exp')}。{self._since('gp', '一般公共预算财政拨款支出')}",
        )
        listed = "；".join(
            f"{self.name(one)}（类）{self.m(f'gp.{one}')}，占{self.s(f'gp.{one}', 'gp')}" for one in office.classes()
        )
        self.say(
            "（二）一般公共预算财政拨款支出决算结构情况",
            f"一般公共预算财政拨款支出{self.m('gp')}，主要用于以下方面：{listed}。",
        )
        self.say(
            "（三）一般公共预算财政拨款支出决算具体情况",
            f"一般公共预算财政拨款支出年初预算为{self.m('gp@b')}，支出决算为{self.m('gp')}，完成年初预算的{self.rate('c:gp')}。{self._reason('gp')}其中：",
        )
        for number, code in enumerate(office.items, 1):
            key = f"gp.{code}"
            self.say(
                f"{number}、{self.path(code)}。主要用于：单位人员和日常运转支出。年初预算为{self.m(f'{key}@b')}，支出决算为{self.m(key)}，完成年初预算的{self.rate(f'c:{key}')}。{self._reason(key)}"
            )
        if office.has("gp.basic"):
            names = {
                key: "、".join(self.name(one) for one in office.economic if one[:3] in tops)
                for key, tops in (("staff", ("301", "303")), ("public", ("302", "310")))
            }
            self.say(
                "六、一般公共预算财政拨款基本支出决算情况说明",
                f"一般公共预算财政拨款基本支出{self.m('gp.basic')}。其中：人员经费{self.m('staff')}，主要包括：{names['staff']}；公用经费{self.m('public')}，主要包括：{names['public']}。",
            )

    def _reason(self, key: str) -> str:
        if self.flat(key, "@b"):
            return "决算数同预算数持平。" if self.office.exact[key] == self.office.exact[f"{key}@b"] else ""
        return f"决算数{self.r(key)}预算数的主要原因：年中人员和缴费基数变动。"

    def _three_public(self) -> None:
        office = self.office
        self.say("七、财政拨款“三公”经费支出决算情况说明")
        if not office.has("tp"):
            self.say(f"{self.who()}{self.y()}年度无“三公”经费财政拨款支出。")
            return
        done = lambda key: f"，完成预算的{self.rate(f'c:{key}')}" if office.has(f"{key}@b") else ""  # noqa: E731
        listed = "；".join(f"{words}支出决算为{self.m(key)}{done(key)}" for key, words in _THREE.items())
        self.say(
            "（一）“三公”经费财政拨款支出决算总体情况说明。",
            f"“三公”经费财政拨款支出年初预算为{self.m('tp@b')}，支出决算为{self.m('tp')}{done('tp')}，其中：{listed}。",
        )
        if not office.new and not self.flat("tp"):
            parts = "；".join(f"{words}支出{self._moved(key)}" for key, words in _THREE.items())
            rate = f"，{self.w('tp', self.faster)}{self.rate('g:tp')}" if self.grows("tp") else ""
            self.say(
                f"{self.y()}年度“三公”经费财政拨款支出决算数比{self.y(-1)}年度{self.w('tp')}{self.m('d:tp')}{rate}，其中：{parts}。"
            )
        self.say(
            "（二）“三公”经费财政拨款支出决算具体情况说明。",
            f"1、因公出国（境）费支出{self.m('tp.overseas')}。全年安排因公出国（境）团组{self.n('trips', '个')}、累计{self.n('travellers', '人次')}。",
        )
        self.say(
            f"2、公务用车购置及运行维护费支出{self.m('tp.vehicles')}。其中：",
            f"公务用车购置支出为{self.m('tp.purchase')}。",
            f"公务用车运行维护支出{self.m('tp.operation')}。",
        )
        self.say(
            f"3、公务接待费支出{self.m('tp.reception')}。其中：",
            f"国内公务接待支出{self.m('tp.reception')}。国内公务接待{self.n('visits', '批次')}、{self.n('guests', '人次')}。",
        )

    def _moved(self, key: str) -> str:
        if self.flat(key):
            return "与上一年度持平"
        rate = f"，{self.w(key, self.faster)}{self.rate(f'g:{key}')}" if self.grows(key) else ""
        return f"决算{self.w(key)}{self.m(f'd:{key}')}{rate}"

    def _rest(self) -> None:
        organ = (
            ""
            if self.office.new or self.flat("organ")
            else f"，比{self.y(-1)}年度{self.w('organ')}{self.m('d:organ')}，{self.w('organ', self.faster)}{self.rate('g:organ')}"
        )
        self.say("八、其他重要事项的情况说明", f"机关运行经费支出{self.m('organ')}{organ}。")
        self.say(
            f"{self.y()}年度政府采购金额（以合同签订为准）为{self.m('buy')}，其中：货物采购金额{self.m('buy.goods')}、工程采购金额{self.m('buy.works')}、服务采购金额{self.m('buy.services')}。"
        )
        self.say(
            f"截至{self.y()}年12月31日，{self.who()}共有车辆{self.n('cars', '辆')}，其中：应急保障用车{self.n('cars.urgent', '辆')}、执法执勤用车{self.n('cars.law', '辆')}、特种专业技术用车{self.n('cars.special', '辆')}、其他用车{self.n('cars.other', '辆')}。"
        )
