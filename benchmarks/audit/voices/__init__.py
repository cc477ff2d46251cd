"""Writers of reports, each in the manner of another place; `VOICES` names them all."""

from benchmarks.audit.voices.anhui import Anhui
from benchmarks.audit.voices.chongqing import Chongqing
from benchmarks.audit.voices.guangdong import Guangdong
from benchmarks.audit.voices.guangxi import Guangxi
from benchmarks.audit.voices.hubei import Hubei
from benchmarks.audit.voices.jiangsu import Jiangsu
from benchmarks.audit.voices.pen import Pen
from benchmarks.audit.voices.shanghai import Shanghai
from benchmarks.audit.voices.sichuan import Sichuan
from benchmarks.audit.voices.zhejiang import Zhejiang

VOICES: tuple[type[Pen], ...] = (
    Sichuan, Shanghai, Chongqing, Anhui, Guangxi, Zhejiang, Guangdong, Hubei, Jiangsu,
)  # fmt: skip

__all__ = ["VOICES", "Pen"]
