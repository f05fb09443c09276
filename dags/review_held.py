"""Files that were held for doubt, for somebody to decide: *Required Actions* shows each with its figures.

Columns that have shifted, numbers sorted by themselves, lines of which most are wrong; a full roster that loses more
than its employer's history explains or that replaces one of mostly other people, identity numbers that stand under
other names or that change in mass, a column that may be another, a list that does not
say what it is a list of: nobody is made a leaver by such a file. **批准入库** takes it again and publishes it,
**退回单位** sends it back; the employer gets a new receipt, the decision and its reason are rows of the ledger. Each
answer is acted upon at once, whatever becomes of the other questions. **暂不决定**, or no answer for a day, leaves the
file as it is, and somebody is asked anew; `./clearbase hold list` has it meanwhile, and decides as well.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import dag, task, task_group
from airflow.sdk.exceptions import AirflowSkipException

from clearbase_airflow import TRIED_AGAIN, note_run, tried_once
from clearbase_assets import EVERY_DAG, EVERY_TEN_MINUTES, REASON, WAREHOUSE

APPROVE, REFUSE, LATER = "批准入库", "退回单位", "暂不决定"
A_DAY = timedelta(days=1)


@dag(
    schedule=EVERY_TEN_MINUTES,
    max_active_runs=150,  # a run waits for its answers, at most a day: more than the ticks of one
    default_args=TRIED_AGAIN | {"retries": 2, "retry_delay": timedelta(seconds=30)},
    tags=["clearbase", "ledger"],
    dag_display_name="review_held 待核文件",
    doc_md=__doc__,
    **EVERY_DAG,
)
def review_held() -> None:
    @task(doc_md="The files that nobody was asked about yet.")
    def find(run_id: str) -> list[dict[str, Any]]:
        from clearbase.pipeline.scheduled_holds import ask_about_held

        with tried_once():
            if questions := ask_about_held(run_id):
                return questions
        raise AirflowSkipException("no file was held for doubt since")

    @task_group
    def review(submission: int, subject: str, body: str) -> None:
        ask = HITLOperator(
            task_id="ask",
            subject=subject,
            body=body,
            options=[APPROVE, REFUSE, LATER],
            defaults=LATER,
            params={"reason": REASON},
            doc_md="A person decides, nobody else; unanswered for a day, the file is asked about anew.",
            execution_timeout=None,
            response_timeout=A_DAY,
        )
        decide(submission, ask.output)

    @task(outlets=[WAREHOUSE], doc_md="Publish it, or send it back.")
    def decide(submission: int, answer: dict[str, Any]) -> None:
        from clearbase.pipeline.scheduled_holds import answer_held

        if LATER in answer["chosen_options"]:
            raise AirflowSkipException("nobody has decided; it is asked about again")
        reason = str((answer.get("params_input") or {}).get("reason") or "")
        by = (answer.get("responded_by_user") or {}).get("name") or "Required Actions"
        with tried_once():
            note = answer_held(submission, APPROVE in answer["chosen_options"], reason, by)
        note_run(note)

    review.expand_kwargs(find())


review_held()
