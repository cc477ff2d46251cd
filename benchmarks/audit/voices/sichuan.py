"""As in Sichuan: 收、支总计, pictures between the sections, tables last, 主要用于以下方面."""

from __future__ import annotations

from benchmarks.audit.voices import tables
from benchmarks.audit.voices.pen import Pen


class Sichuan(Pen):
    """Two decimals of 万元, per cents of two decimals."""

    def write(self) -> None:
        """Write the report."""
        self.say(f"{self.who()}{self.y()}年度部门决算", "第二部分 部门决算情况说明")
        self._totals()
        self._income_and_spending()
        self._general()
        self._basic()
        self._three_public()
        self._rest()
        tables.total_table(self)
        if self.office.has("gp"):
            tables.general_table(self)
            tables.basic_table(self)
        tables.three_public_table(self, "一般公共预算财政拨款“三公”经费支出决算表")

    def _since(self, key: str, each: str = "") -> str:
        """Write how an amount changed, empty for an office without a year before."""
        if self.office.new:
            return "本单位为新设单位，没有上年数，不作比较。"
        if self.flat(key):
            return f"与{self.y(-1)}年相比持平。"
        rate = f"，{self.w(key, self.faster)}{self.rate(f'g:{key}')}" if self.grows(key) else ""
        return f"与{self.y(-1)}年相比，{each}{self.w(key)}{self.m(f'd:{key}')}{rate}。主要变动原因是工作任务调整。"

    def _totals(self) -> None:
        each = "收、支总计各"
        self.say(
            "一、收入支出决算总体情况说明",
            f"{self.y()}年度收、支总计{self.m('total')}。{self._since('total', each)}",
            "（图1：收、支决算总计变动情况图）",
        )

    def _income_and_spending(self) -> None:
        office = self.office
        names = {
            "income.general": "一般公共预算财政拨款收入",
            "fund.income": "政府性基金预算财政拨款收入",
            "income.earned": "事业收入",
        }
        if not any(office.exact[one] < 0 for one in names):
            listed = "；".join(
                f"{words}{self.m(key)}，占{self.s(key, 'income')}" for key, words in names.items() if office.has(key)
            )
            self.say("二、收入决算情况说明", f"{self.y()}年本年收入合计{self.m('income')}，其中：{listed}。")
        self.say(
            "三、支出决算情况说明",
            f"{self.y()}年本年支出合计{self.m('exp')}，其中：基本支出{self.m('exp.basic')}，占{self.s('exp.basic', 'exp')}；项目支出{self.m('exp.project')}，占{self.s('exp.project', 'exp')}。",
        )
        if office.has("fiscal"):
            self.say(
                "四、财政拨款收入支出决算总体情况说明",
                f"{self.y()}年财政拨款收、支总计{self.m('fiscal')}。{self._since('fiscal', '财政拨款收、支总计各')}",
            )

    def _general(self) -> None:
        office = self.office
        if not office.has("gp"):
            self.say("五、一般公共预算财政拨款支出决算情况说明", f"{self.y()}年没有一般公共预算财政拨款支出。")
            return
        self.say("五、一般公共预算财政拨款支出决算情况说明", "（一）一般公共预算财政拨款支出决算总体情况")
        self.say(
            f"{self.y()}年一般公共预算财政拨款支出{self.m('gp')}，占本年支出合计的{self.s('gp', 'exp')}。{self._since('gp', '一般公共预算财政拨款支出')}"
        )
        listed = "；".join(
            f"{self.name(one)}（类）{self.m(f'gp.{one}')}，占{self.s(f'gp.{one}', 'gp')}" for one in office.classes()
        )
        self.say(
            "（二）一般公共预算财政拨款支出决算结构情况",
            f"{self.y()}年一般公共预算财政拨款支出{self.m('gp')}，主要用于以下方面：{listed}。",
        )
        self.say(
            "（三）一般公共预算财政拨款支出决算具体情况",
            f"{self.y()}年一般公共预算财政拨款支出决算数为{self.m('gp')}，完成预算{self.rate('c:gp')}。其中：",
        )
        for number, code in enumerate(office.items, 1):
            self.say(
                f"{number}.{self.path(code)}：支出决算为{self.m(f'gp.{code}')}，完成预算{self.rate(f'c:gp.{code}')}，{self._against(f'gp.{code}')}"
            )

    def _against(self, key: str) -> str:
        if self.office.exact[key] == self.office.exact[f"{key}@b"]:
            return "决算数与预算数持平。"
        return (
            f"决算数{self.r(key)}预算数的主要原因是人员和工作安排有变动。"
            if not self.flat(key, "@b")
            else "决算数与预算数基本持平。"
        )

    def _basic(self) -> None:
        if not self.office.has("gp.basic"):
            return
        self.say(
            "六、一般公共预算财政拨款基本支出决算情况说明",
            f"{self.y()}年一般公共预算财政拨款基本支出{self.m('gp.basic')}，其中：",
        )
        for key, words, tops in (("staff", "人员经费", ("301", "303")), ("public", "公用经费", ("302", "310"))):
            listed = "、".join(
                f"{self.name(one)}{self.m(f'ec.{one}')}" for one in self.office.economic if one[:3] in tops
            )
            self.say(f"{words}{self.m(key)}，主要包括：{listed}。")

    def _three_public(self) -> None:
        office = self.office
        self.say("七、“三公”经费财政拨款支出决算情况说明")
        if not office.has("tp"):
            self.say(f"{self.y()}年没有“三公”经费财政拨款支出。")
            return
        rate = f"，完成预算{self.rate('c:tp')}" if office.has("tp@b") else ""
        self.say(
            "（一）“三公”经费财政拨款支出决算总体情况说明",
            f"{self.y()}年“三公”经费财政拨款支出决算为{self.m('tp')}{rate}，{self._against('tp')}",
        )
        parts = {
            "tp.overseas": "因公出国（境）费",
            "tp.vehicles": "公务用车购置及运行维护费",
            "tp.reception": "公务接待费",
        }
        listed = "；".join(f"{words}支出决算{self.m(key)}，占{self.s(key, 'tp')}" for key, words in parts.items())
        self.say(
            "（二）“三公”经费财政拨款支出决算具体情况说明",
            f"{self.y()}年“三公”经费财政拨款支出决算中，{listed}。具体情况如下：",
        )
        self.say(
            f"1.因公出国（境）经费支出{self.m('tp.overseas')}。全年安排因公出国（境）团组{self.n('trips', '次')}，出国（境）{self.n('travellers', '人')}。{self._moved('tp.overseas', '因公出国（境）支出决算')}"
        )
        self.say(
            f"2.公务用车购置及运行维护费支出{self.m('tp.vehicles')}。{self._moved('tp.vehicles', '公务用车购置及运行维护费支出决算')}其中：公务用车购置支出{self.m('tp.purchase')}，公务用车运行维护费支出{self.m('tp.operation')}。"
        )
        self.say(
            f"3.公务接待费支出{self.m('tp.reception')}。{self._moved('tp.reception', '公务接待费支出决算')}其中：国内公务接待{self.n('visits', '批次')}，{self.n('guests', '人次')}。"
        )

    def _moved(self, key: str, words: str) -> str:
        if self.office.new:
            return ""
        if self.flat(key):
            return f"{words}与{self.y(-1)}年持平。"
        rate = f"，{self.w(key, self.faster)}{self.rate(f'g:{key}')}" if self.grows(key) else ""
        return f"{words}比{self.y(-1)}年{self.w(key)}{self.m(f'd:{key}')}{rate}。"

    def _rest(self) -> None:
        if self.office.has("fund"):
            self.say("八、政府性基金预算支出决算情况说明", f"{self.y()}年政府性基金预算财政拨款支出{self.m('fund')}。")
        else:
            self.say("八、政府性基金预算支出决算情况说明", f"{self.y()}年没有使用政府性基金预算拨款安排的支出。")
        self.say(
            "九、国有资本经营预算支出决算情况说明",
            f"{self.y()}年没有国有资本经营预算拨款支出。",
            "十、其他重要事项的情况说明",
        )
        self.say(
            "（一）机关运行经费支出情况",
            f"{self.y()}年，{self.who()}机关运行经费支出{self.m('organ')}，{self._organ()}",
        )
        self.say(
            "（二）政府采购支出情况",
            f"{self.y()}年，{self.who()}政府采购支出总额{self.m('buy')}，其中：政府采购货物支出{self.m('buy.goods')}、政府采购工程支出{self.m('buy.works')}、政府采购服务支出{self.m('buy.services')}。",
        )
        self.say(
            "（三）国有资产占有使用情况",
            f"截至{self.y()}年12月31日，{self.who()}共有车辆{self.n('cars', '辆')}，其中：应急保障用车{self.n('cars.urgent', '辆')}、执法执勤用车{self.n('cars.law', '辆')}、特种专业技术用车{self.n('cars.special', '辆')}、其他用车{self.n('cars.other', '辆')}。单价100万元以上专用设备0台（套）。",
        )

    def _organ(self) -> str:
        if self.office.new:
            return "本年新设，没有上年数。"
        if self.flat("organ"):
            return f"与{self.y(-1)}年持平。"
        return f"比{self.y(-1)}年{self.w('organ')}{self.m('d:organ')}，{self.w('organ', self.faster)}{self.rate('g:organ')}。"
