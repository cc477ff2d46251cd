"""As in Guangdong: 总收入 and 总支出, 增幅 and 降幅, whole 万元."""

from __future__ import annotations

from benchmarks.audit.voices import tables
from benchmarks.audit.voices.pen import Pen


class Guangdong(Pen):
    """Whole 万元, per cents of one decimal."""

    decimals = 0
    rate_decimals = 1

    def write(self) -> None:
        """Write the report."""
        office = self.office
        self.say(
            f"{self.who()}{self.y()}年度决算公开",
            f"第一部分 {self.who()}概况",
            f"第二部分 {self.y()}年度决算情况说明",
            "一、收入支出决算总体情况",
        )
        self.say(f"{self.y()}年度总收入{self.m('total')}，总支出{self.m('total')}。{self._since('total', '收支总额')}")
        if office.exact["income.earned"] >= 0:
            listed = "，".join(
                f"{words}{self.m(key)}（占{self.s(key, 'income')}）"
                for key, words in (("income.fiscal", "财政拨款收入"), ("income.earned", "事业收入"))
                if office.has(key)
            )
            self.say("二、收入决算情况", f"{self.y()}年度收入合计{self.m('income')}，其中：{listed}。")
        self.say(
            "三、支出决算情况",
            f"{self.y()}年度支出合计{self.m('exp')}，其中：基本支出{self.m('exp.basic')}（占{self.s('exp.basic', 'exp')}），项目支出{self.m('exp.project')}（占{self.s('exp.project', 'exp')}）。",
        )
        if office.has("gp"):
            listed = "；".join(
                f"{self.name(one)}{self.m(f'gp.{one}')}，占比{self.s(f'gp.{one}', 'gp')}" for one in office.classes()
            )
            self.say(
                "四、一般公共预算财政拨款支出决算情况",
                f"一般公共预算财政拨款支出{self.m('gp')}，按功能分类：{listed}。{self._since('gp', '一般公共预算财政拨款支出')}",
            )
        self._three_public()
        self.say(
            "六、其他重要事项",
            f"政府采购支出总额{self.m('buy')}，其中：货物类支出{self.m('buy.goods')}，工程类支出{self.m('buy.works')}，服务类支出{self.m('buy.services')}。",
        )
        tables.total_table(self)

    def _since(self, key: str, words: str) -> str:
        if self.office.new:
            return "单位本年成立，上年无数据。"
        if self.flat(key):
            return f"{words}与上年基本持平。"
        rate = f"，{self.w(key, ('增幅', '降幅'))}{self.rate(f'g:{key}')}" if self.grows(key) else ""
        return f"{words}较{self.y(-1)}年{self.w(key)}{self.m(f'd:{key}')}{rate}，原因为工作任务变动。"

    def _three_public(self) -> None:
        parts = {
            "tp.overseas": "因公出国（境）费",
            "tp.vehicles": "公务用车购置及运行维护费",
            "tp.reception": "公务接待费",
        }
        listed = "；".join(f"{words}{self.m(key)}" for key, words in parts.items())
        self.say("五、“三公”经费支出决算情况", f"{self.y()}年度“三公”经费支出{self.m('tp')}，其中：{listed}。")
        done = f"，完成预算的{self.rate('c:tp')}" if self.office.has("tp@b") and self.token("tp@b").value else ""
        self.say(f"“三公”经费预算数{self.m('tp@b')}，决算数{self.m('tp')}{done}。")
        self.say(
            f"公务接待{self.n('visits', '批次')}，接待{self.n('guests', '人次')}；年末公务用车保有量{self.n('kept', '辆')}。"
        )
