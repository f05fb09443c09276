"""The page of ``identity drift``: it stands alone, prints, and asks nothing of any other place."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence
from typing import Final

from clearbase.pipeline.drift import BITS, FEWEST, HIGHEST, LOWEST, SHIFTED, WATCHED, Month

JUDGED: Final = {
    "first": ("首月，无从比较", "first month", "#5b6470"),
    "few": ("数量少，不作判断", "too few to judge", "#5b6470"),
    "stable": ("平稳", "stable", "#1d6b3a"),
    "watch": ("有变化，宜留意", "changed, watch it", "#8a5a00"),
    "shifted": ("已偏移，须复核模型", "shifted, look at the model", "#a3231f"),
}
WIDTH, HEIGHT, LEFT, FOOT = 720, 150, 44, 24
SAME_FROM: Final = 20  # bits; below it somebody is asked (docs/identity.md)

TOLD: Final = (
    f"按认定月份和模型版本统计。评分单位为比特（图中横轴），每 {BITS} 比特一档；"
    "稳定性指数（PSI）以本月对照同一模型此前各月："
    f"低于 {WATCHED} 为平稳，{SHIFTED} 及以上为偏移，任一方不足 {FEWEST} 条不作判断。"
    f"图中虚线为自动认定线（{SAME_FROM} 比特），蓝色达到，橙色未达到。"
)

STYLE: Final = """
body{font:15px/1.55 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;color:#1b2430;
 margin:2rem auto;max-width:60rem;padding:0 1rem}
h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.1rem;margin:1.8rem 0 .3rem}h3{font-size:1rem;margin:1rem 0 .1rem}
.en{color:#5b6470;font-weight:400;font-size:.86em}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid #d6dbe1;padding:.3rem .5rem;text-align:right}th{font-weight:600;vertical-align:bottom}
th:first-child,td:first-child,th:last-child,td:last-child{text-align:left}
svg{display:block;width:100%;height:auto}section{break-inside:avoid}
@media print{body{margin:0;max-width:none;font-size:12px}}
"""


def drift_page(months: Sequence[Month], made: dt.datetime) -> str:
    """HTML of all months, by version of the model. Counts only."""
    models = list(dict.fromkeys(month.model for month in months))
    parts = "".join(_of_model(model, [m for m in months if m.model == model]) for model in models)
    empty = '<p>模型尚未给任何认定评分。<span class="en">The model has weighed no decision yet.</span></p>'
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>人员匹配评分漂移</title><style>{STYLE}</style></head><body>
<h1>人员匹配评分漂移 <span class="en">Drift of the identity model's weights</span></h1>
<p>{TOLD}<br>
<span class="en">By month of the decision and version of the model, in buckets of {BITS} bits (across). The population
stability
index compares a month with all earlier ones of its model: below {WATCHED} stable, from {SHIFTED} shifted; of fewer than
{FEWEST} decisions on either side no judgement is made. Dashed: {SAME_FROM} bits, from which on
nobody need be asked.</span></p>
{parts or empty}
<p class="en">制表 Made {made:%Y-%m-%d %H:%M} · Clearbase 清底</p>
</body></html>
"""


def _of_model(model: str, months: Sequence[Month]) -> str:
    rows = "".join(_row(month) for month in months)
    charts = "".join(_section(months, place) for place in range(len(months)))
    return f"""<h2>模型 <span class="en">Model</span> {html.escape(model) or "—"}</h2>
<table><thead><tr><th>月份<br><span class="en">month</span></th><th>评分认定<br><span class="en">weighed</span></th>
<th>自动认定<br><span class="en">same</span></th><th>待核<br><span class="en">in review</span></th>
<th>指数<br><span class="en">PSI</span></th><th>判断<br><span class="en">judgement</span></th></tr></thead>
<tbody>{rows}</tbody></table>{charts}"""


def _row(month: Month) -> str:
    chinese, english, colour = JUDGED[month.judgement]
    index = "" if month.index is None else f"{month.index:.3f}"
    shares = "".join(f"<td>{n} ({n / month.decisions:.1%})</td>" for n in (month.same, month.review))
    return (
        f"<tr><td>{month.month:%Y-%m}</td><td>{month.decisions}</td>{shares}<td>{index}</td>"
        f'<td style="color:{colour}">{chinese} <span class="en">{english}</span></td></tr>'
    )


def _section(months: Sequence[Month], place: int) -> str:
    month = months[place]
    before: dict[int, int] = {}
    for earlier in months[:place]:
        for edge, n in earlier.buckets.items():
            before[edge] = before.get(edge, 0) + n
    told = '，折线为此前各月 <span class="en">bars: this month; line: all months before</span>' if before else ""
    return f"<section><h3>{month.month:%Y-%m} 评分分布{told}</h3>{_chart(month, before)}</section>"


def _chart(month: Month, before: dict[int, int]) -> str:
    edges = range(LOWEST, HIGHEST, BITS)
    shares = {edge: month.buckets.get(edge, 0) / month.decisions for edge in edges}
    total = sum(before.values())
    were = {edge: before.get(edge, 0) / total for edge in edges} if total else {}
    top = max(0.05, *shares.values(), *were.values()) if were else max(0.05, *shares.values())
    plot, bar = HEIGHT - FOOT - 8, (WIDTH - LEFT - 8) / len(edges)

    def x(bits: float) -> float:
        return LEFT + (bits - LOWEST) / BITS * bar

    def y(share: float) -> float:
        return 8 + plot * (1 - share / top)

    marks = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH - 8}" y1="{y(top * part):.1f}" y2="{y(top * part):.1f}" stroke="#e3e7ec"/>'
        f'<text x="{LEFT - 6}" y="{y(top * part) + 4:.1f}" text-anchor="end">{top * part:.0%}</text>'
        for part in (0, 0.5, 1)
    )
    bars = "".join(
        f'<rect x="{x(edge) + 1:.1f}" y="{y(share):.1f}" width="{bar - 2:.1f}" height="{y(0) - y(share):.1f}" '
        f'fill="{"#2f6f9f" if edge >= SAME_FROM else "#d0873a"}"><title>{edge}–{edge + BITS} 比特 bits: {share:.1%}'
        "</title></rect>"
        for edge, share in shares.items()
        if share
    )
    points = " ".join(f"{x(edge + BITS / 2):.1f},{y(share):.1f}" for edge, share in were.items())
    line = f'<polyline points="{points}" fill="none" stroke="#1b2430" stroke-width="1.5"/>' if were else ""
    ticks = "".join(
        f'<text x="{x(bits):.1f}" y="{HEIGHT - 8}" text-anchor="middle">{bits}</text>'
        for bits in range(LOWEST, HIGHEST + 1, 10)
    )
    border = (
        f'<line x1="{x(SAME_FROM):.1f}" x2="{x(SAME_FROM):.1f}" y1="8" y2="{y(0):.1f}" stroke="#a3231f" '
        'stroke-dasharray="4 3"/>'
    )
    label = f"{month.month:%Y-%m} 评分分布 distribution of weights"
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}" font-size="11" fill="#5b6470">'
        f"{marks}{bars}{line}{border}{ticks}</svg>"
    )
