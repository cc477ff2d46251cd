"""功能分类 codes that a county's offices need and the project's own classification may not hold yet."""

from __future__ import annotations

import csv
import io

BASIS = "示例数据所补；编码、名称据记忆，未见文件"
SINCE = {"20701": 2019, "2070199": 2019, "21301": 2020, "2130199": 2020}  # the year in which the name changed
FORMERLY = {"20701": "文化", "2070199": "其他文化支出", "21301": "农业", "2130199": "其他农业支出"}
NAMES = {
    "2010303": "机关服务",
    "2010501": "行政运行",
    "2013801": "行政运行",
    "20501": "教育管理事务",
    "2050101": "行政运行",
    "20502": "普通教育",
    "2050201": "学前教育",
    "2050202": "小学教育",
    "2050203": "初中教育",
    "2050299": "其他普通教育支出",
    "20503": "职业教育",
    "2050302": "中等职业教育",
    "20601": "科学技术管理事务",
    "2060101": "行政运行",
    "20701": "文化和旅游",
    "2070101": "行政运行",
    "2070109": "群众文化",
    "2070199": "其他文化和旅游支出",
    "20708": "广播电视",
    "2070899": "其他广播电视支出",
    "20801": "人力资源和社会保障管理事务",
    "2080101": "行政运行",
    "2080201": "行政运行",
    "20811": "残疾人事业",
    "2081101": "行政运行",
    "2081199": "其他残疾人事业支出",
    "21001": "卫生健康管理事务",
    "2100101": "行政运行",
    "21002": "公立医院",
    "2100201": "综合医院",
    "21003": "基层医疗卫生机构",
    "2100302": "乡镇卫生院",
    "21004": "公共卫生",
    "2100401": "疾病预防控制机构",
    "2100408": "基本公共卫生服务",
    "2100410": "突发公共卫生事件应急处理",
    "21101": "环境保护管理事务",
    "2110101": "行政运行",
    "21103": "污染防治",
    "2110301": "大气",
    "2110302": "水体",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120801": "征地和拆迁补偿支出",
    "2120803": "城市建设支出",
    "2120804": "农村基础设施建设支出",
    "21301": "农业农村",
    "2130101": "行政运行",
    "2130104": "事业运行",
    "2130122": "农业生产发展",
    "2130199": "其他农业农村支出",
    "21302": "林业和草原",
    "2130204": "事业机构",
    "2130205": "森林资源培育",
    "21303": "水利",
    "2130301": "行政运行",
    "2130305": "水利工程建设",
    "2130306": "水利工程运行与维护",
    "2130314": "防汛",
    "21307": "农村综合改革",
    "2130705": "对村民委员会和村党支部的补助",
    "21401": "公路水路运输",
    "2140101": "行政运行",
    "2140104": "公路建设",
    "2140106": "公路养护",
    "21505": "工业和信息产业监管",
    "2150501": "行政运行",
    "2200101": "行政运行",
    "2200106": "自然资源利用与保护",
    "22301": "解决历史遗留问题及改革成本支出",
    "2230105": "国有企业退休人员社会化管理补助支出",
    "22401": "应急管理事务",
    "2240101": "行政运行",
    "2240106": "安全监管",
    "22407": "自然灾害救灾及恢复重建支出",
    "2240703": "自然灾害救灾补助",
    "2240704": "自然灾害灾后重建补助",
    "22960": "彩票公益金安排的支出",
    "2296002": "用于社会福利的彩票公益金支出",
}


def completed(function_csv: str) -> str:
    """Return `function.csv` with a row for every code of `NAMES` that it does not hold, each saying that it was added."""
    header, *rows = csv.reader(io.StringIO(function_csv, newline=""))
    column = {name: index for index, name in enumerate(header)}
    held = {row[column["code"]] for row in rows if row}
    for code, name in NAMES.items():
        if code not in held:
            rows += [[line.get(title, "") for title in header] for line in _lines(code, name)]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *sorted(rows, key=lambda row: row[column["code"]])])
    return text.getvalue()


def _lines(code: str, name: str) -> list[dict[str, str]]:
    since = SINCE.get(code)
    line = {"code": code, "name": name, "first_year": str(since or ""), "basis": BASIS}
    if since is None:
        return [line]
    return [line, {"code": code, "name": FORMERLY[code], "last_year": str(since - 1), "basis": BASIS}]
