"""As in Anhui: the page on 三公 alone, typed by hand, zeros at the end dropped, each item against budget or last year."""

from __future__ import annotations

from benchmarks.audit.voices import tables
from benchmarks.audit.voices.pen import Pen

_NAMES = {"tp.overseas": "因公出国（境）费", "tp.reception": "公务接待费", "tp.vehicles": "公务用车购置及运行维护费"}


class Anhui(Pen):
    """Up to two decimals of 万元; amounts are round, as small ones are."""

    plain = True
    step = 10_000

    def write(self) -> None:
        """Write the page."""
        office, who = self.office, self.who()
        self.say(
            f"{who}{self.y()}年度一般公共预算财政拨款“三公”经费支出决算情况说明",
            f"一、{self.y()}年度一般公共预算财政拨款“三公”经费支出决算表",
        )
        tables.three_public_table(self, f"{office.year}年度一般公共预算财政拨款“三公”经费支出决算表")
        self.say(f"二、{self.y()}年度一般公共预算财政拨款“三公”经费支出情况说明")
        done = f"，完成预算的{self.rate('c:tp')}" if office.has("tp@b") else ""
        reason = "" if self.flat("tp", "@b") else f"，决算数{self.r('tp')}预算数的主要原因是从严安排公务活动"
        self.say(
            f"（一）{self.who()}{self.y()}年度一般公共预算财政拨款“三公”经费支出预算为{self.m('tp@b')}，支出决算为{self.m('tp')}{done}{reason}。"
        )
        share = lambda key: f"，占{self.s(key, 'tp')}" if office.has("tp") else ""  # noqa: E731
        listed = "；".join(f"{words}支出决算{self.m(key)}{share(key)}" for key, words in _NAMES.items())
        self.say(f"（二）{self.who()}{self.y()}年度一般公共预算财政拨款“三公”经费支出决算中，{listed}。具体情况如下：")
        self.say(
            f"1.因公出国（境）费支出{self.m('tp.overseas')}，{self._moved('tp.overseas')}。{self.y()}年因公出国（境）团组{self.n('trips', '次')}，累计出国（境）{self.n('travellers', '人次')}。"
        )
        self.say(
            f"2.公务接待费支出{self.m('tp.reception')}，{self._moved('tp.reception')}。{self.y()}年国内公务接待共{self.n('visits', '批次')}，{self.n('guests', '人次')}。"
        )
        self.say(
            f"3.公务用车购置及运行维护费支出{self.m('tp.vehicles')}，{self._moved('tp.vehicles')}。其中：公务用车购置费支出{self.m('tp.purchase')}，购置公务用车{self.n('bought', '辆')}；公务用车运行维护费支出{self.m('tp.operation')}。"
        )

    def _moved(self, key: str) -> str:
        if self.office.new:
            return self._budgeted(key)
        if self.flat(key):
            return f"与{self.y(-1)}年度决算支出持平"
        rate = f"，{self.w(key, self.faster)}{self.rate(f'g:{key}')}" if self.grows(key) else ""
        return f"与{self.y(-1)}年度决算相比，{self.w(key)}{self.m(f'd:{key}')}{rate}，变动的原因是公务活动安排变化"

    def _budgeted(self, key: str) -> str:
        if self.flat(key, "@b"):
            return f"与{self.y()}年度预算相比无变化"
        rate = f"，{self.w(key, self.faster, '@b')}{self.rate(f'gb:{key}')}" if self.grows(key, "@b") else ""
        return f"与{self.y()}年度预算相比，{self.w(key, self.up, '@b')}{self.m(f'db:{key}')}{rate}"
