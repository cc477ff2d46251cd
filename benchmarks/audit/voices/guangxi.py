"""As in Guangxi: amounts in 元, 同比, shares of a named whole, 科目 one a paragraph with basic and project."""

from __future__ import annotations

from benchmarks.audit.voices import tables
from benchmarks.audit.voices.pen import Pen


class Guangxi(Pen):
    """Two decimals of 元."""

    unit = "元"
    ending = ".html"

    def write(self) -> None:
        """Write the report."""
        office = self.office
        self.say(
            f"{self.who()}{self.y()}年度部门决算公开说明", "第一部分 单位概况", "第二部分 决算说明", "一、收支总体情况"
        )
        self.say(
            f"{self.y()}年度决算收入总计{self.m('total')}，支出总计{self.m('total')}。收入总计、支出总计与上年相比{self._change('total')}。"
            if not office.new
            else f"{self.y()}年度决算收入总计{self.m('total')}，支出总计{self.m('total')}。"
        )
        carried = f"，年初结转和结余{self.m('opening')}" if office.has("opening") else ""
        self.say(
            f"收入总计{self.m('total')}，其中：本年收入合计{self.m('income')}{carried}。支出总计{self.m('total')}，其中：本年支出合计{self.m('exp')}，年末结转和结余{self.m('closing')}。"
        )
        if not office.has("gp"):
            self.say("二、一般公共预算支出情况说明", f"{self.y()}年度没有一般公共预算拨款支出。")
        else:
            self._general()
        self._three_public()
        if office.has("gp"):
            tables.general_table(self)
        tables.total_table(self)

    def _change(self, key: str) -> str:
        if self.flat(key):
            return "持平"
        rate = f"，{self.w(key, self.faster)}{self.rate(f'g:{key}')}" if self.grows(key) else ""
        return f"{self.w(key)}{self.m(f'd:{key}')}{rate}"

    def _general(self) -> None:
        office = self.office
        self.say(
            "二、一般公共预算支出情况说明",
            f"{self.y()}年度一般公共预算财政拨款支出{self.m('gp')}，其中：基本支出{self.m('gp.basic')}，项目支出{self.m('gp.project')}，具体支出如下：",
            "（一）按支出功能分类科目划分。",
        )
        for code in office.classes():
            key = f"gp.{code}"
            self.say(
                f"{self.name(code)}{self.m(key)}，其中：基本支出{self.m(f'{key}.b')}，项目支出{self.m(f'{key}.j')}。主要用于单位日常运转和各项业务工作。"
            )
        self.say("（二）按支出结构分类划分，分为基本支出和项目支出。")
        same = lambda key: "" if office.new else "，同比持平" if self.flat(key) else f"，同比{self._change(key)}"  # noqa: E731
        self.say(
            f"1.基本支出{self.m('gp.basic')}，占一般公共预算财政拨款支出的{self.s('gp.basic', 'gp')}{same('gp.basic')}。其中："
        )
        for code, words in (
            ("301", "工资福利支出"),
            ("302", "商品和服务支出"),
            ("303", "对个人和家庭的补助支出"),
            ("310", "资本性支出"),
        ):
            if office.has(f"ec.{code}"):
                self.say(
                    f"{words}{self.m(f'ec.{code}')}，占基本支出的{self.s(f'ec.{code}', 'gp.basic')}{same(f'ec.{code}')}。"
                )
        self.say(
            f"2.项目支出{self.m('gp.project')}，占一般公共预算财政拨款支出的{self.s('gp.project', 'gp')}{same('gp.project')}。"
            if office.has("gp.project")
            else "2.没有项目支出。"
        )
        self.say(
            "三、一般公共预算基本支出情况说明",
            f"{self.y()}年度一般公共预算财政拨款基本支出{self.m('gp.basic')}，其中：人员经费{self.m('staff')}，公用经费{self.m('public')}。",
        )

    def _three_public(self) -> None:
        office = self.office
        self.say(
            "四、“三公”经费支出决算情况说明",
            f"{self.y()}年度一般公共预算财政拨款安排的“三公”经费支出决算总额为{self.m('tp')}。其中，因公出国（境）费支出决算{self.m('tp.overseas')}；公务用车购置及运行费支出决算{self.m('tp.vehicles')}；公务接待费支出决算{self.m('tp.reception')}。具体情况如下：",
        )
        if not office.new and not self.flat("tp"):
            self.say(f"“三公”经费支出决算比去年{self._change('tp')}。")
        self.say(
            f"（一）因公出国（境）费支出{self.m('tp.overseas')}。全年因公出国（境）团组共计{self.n('trips', '个')}，累计{self.n('travellers', '人次')}。"
        )
        self.say(
            f"（二）公务用车购置及运行费支出{self.m('tp.vehicles')}。其中：",
            f"公务用车购置支出{self.m('tp.purchase')}。",
            f"公务用车运行支出{self.m('tp.operation')}。主要用于机要文件交换和公务出行。",
        )
        self.say(
            f"（三）公务接待费支出{self.m('tp.reception')}。国内公务接待{self.n('visits', '批次')}，{self.n('guests', '人次')}。"
        )
