"""What the tasks of `review_held` call: a question for each file that waits for a person, and what he has answered."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Row

from clearbase.intake.reasons import NO_REASON
from clearbase.pipeline.holds import HoldVerdict, ask_about, decide_hold, waiting_holds
from clearbase.pipeline.opened import opened
from clearbase.pipeline.reply import receipt_number
from clearbase.pipeline.scheduled import OUTCOMES
from clearbase.pipeline.verify import verify_batch
from clearbase.quality.file_rules import file_rules, told_figure

# Why a file is held for doubt, in the words of Required Actions. Those of the rules of a file stand with the rule.
HELD: Final = {
    **{rule.code: (rule.ask.zh, rule.ask.en) for rule in file_rules() if rule.ask},
    "kind_by_history": (
        "没有写明是全员、新进还是离职名单，或写明更正却只列出部分人员，对照以往也无法判断；批准即按全员花名册入库",
        "no word of its kind, or a correction of most but not all, and history does not tell it; "
        "approved, it is a full roster",
    ),
    "no_authority": (
        "含其他单位人员，且没有代报授权",
        "people of another employer, whom nobody has let it report for",
    ),
}


def ask_about_held(run_by: str) -> list[dict[str, Any]]:
    """A question for each file that is held for doubt and that nobody was asked about: counts and ids only."""
    with opened("review") as (_, database):
        return [_question(row) for row in ask_about(database, run_by)]


def _question(row: Row[Any]) -> dict[str, Any]:
    says, english = HELD[row.reason]
    figures = _whose(row) if row.reason == "no_authority" else _of_file(row) if row.figures else _figures(row)
    table = "\n".join(["| | |", "| --- | --- |", *(f"| {name} | {figure} |" for name, figure in figures.items())])
    receipt = receipt_number(row.submission_id)
    return {
        "submission": row.submission_id,
        "subject": f"{receipt} {row.employer} {row.month} {says}",
        "body": f"**{says}** {english}\n\n{table}\n\n`./clearbase trace {row.submission_id}`",
    }


def _figures(row: Row[Any]) -> dict[str, Any]:
    """Who is there and who is missing; of the others those that are not nothing, so that the answers stand beside."""
    persons = {
        "现有在职 employed before": row.persons_before,
        "本次名册 on this roster": row.persons_now,
        "未列出 not named any more": row.missing,
    }
    others = {
        "不在其后名册上 not on later full rosters": row.missing_later,
        "以往最大流失 largest loss before": row.usual_loss and f"{row.usual_loss:.0%}",
        "号码属于其他姓名 numbers under other names": row.other_names,
        "换了号码 changed numbers": row.other_numbers,
        "将被替换的名册人数 on the roster it would replace": row.replaced,
        "其中本次仍列出 of them named again": f"{row.named_again}" if row.replaced else None,
        "认定没有把握的列 columns taken on a likeness": row.unsure_columns,
        "换了含义的列 columns taken for something else than before": row.moved_columns,
    }
    return persons | {name: figure for name, figure in others.items() if figure}


# What a person sees of a file that is held for its own figures, where it is not nothing.
OF_FILE: Final = {
    "lines": "名册行数 lines",
    "usable_lines": "可以入库的行 lines that can be taken",
    "misaligned_share": "列错位的行 lines with shifted cells",
    "compared": "号码与性别、出生日期都有的行 lines with a number and a sex or birth date",
    "contradicting_share": "其中互相矛盾 of them contradicting",
    "quarantined_share": "隔离的行 lines in quarantine",
    "identity_error_share": "姓名、号码、手机号或出生日期有误的行 lines wrong about who somebody is",
    "error_share": "有错误的行 lines with errors",
    "lost_share": "被Excel损坏的号码 numbers that Excel has lost",
    "masked_share": "遮住的号码 numbers masked with stars",
    "missing_columns": "没有的应报列 required columns that are not there",
}


def _of_file(row: Row[Any]) -> dict[str, Any]:
    return {told: told_figure(name, row.figures[name]) for name, told in OF_FILE.items() if row.figures.get(name)}


def _whose(row: Row[Any]) -> dict[str, Any]:
    """Whose people they are, and what an approval would mean: it lets this file in and no other."""
    return {
        "报送单位 reported by": row.employer,
        "本次名册行数 lines": row.lines,
        "写明的其他单位及行数 other employers, lines that name them (0: title or file name alone)": row.of_others,
        "批准后记入的单位 approved, it is the roster of": row.would_be_of,
        "批准的范围 what an approval covers": "仅本文件，不登记代报授权（授权用 `./clearbase employer authorise`） "
        "this file alone; it records no authority",
    }


def answer_held(submission_id: int, approve: bool, reason: str, decided_by: str) -> str:
    """What a person has decided of a held file, done. Returns a note; a file that was decided meanwhile says so."""
    verdict: HoldVerdict = "approved" if approve else "refused"
    said = {"approved": "批准入库 approved", "refused": "退回单位 refused"}[verdict]
    receipt = receipt_number(submission_id)
    with opened("review") as (settings, database):
        waiting = {row.submission_id: row.decided for row in waiting_holds(database)}
        if waiting.get(submission_id, "done") not in (None, verdict):
            return f"{receipt} 已有决定 is decided already"
        done = decide_hold(settings, database, submission_id, verdict, reason.strip() or NO_REASON, decided_by)
        if done.verdict == "approved":
            verify_batch(database, done.batch_id)
    became = f"，结果 {receipt_number(done.became)} {OUTCOMES[done.outcome]} {done.outcome}"
    why = f"：{HELD.get(done.reason_code, (done.reason_code,))[0]} {done.reason_code}" if done.reason_code else ""
    return f"{receipt} {said}" + (f"{became}{why}" if done.verdict == "approved" else "")
