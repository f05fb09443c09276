"""Files that were held for doubt, for somebody to decide: *Required Actions* shows each with its figures.

A full roster that loses more than its employer's history explains or that replaces one of mostly other people,
identity numbers that stand under other names or that change in mass, a column that may be another, a list that does not
say what it is a list of: nobody is made a leaver by such a file. **批准入库** takes it again and publishes it,
**退回单位** sends it back; the employer gets a new receipt, the decision and its reason are rows of the ledger. Each
file is asked about once; what waits longer is there with `./clearbase hold list`, which decides as well.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowSkipException

from clearbase_airflow import TRIED_AGAIN, note_run, tried_once
from clearbase_assets import EVERY_DAG, EVERY_TEN_MINUTES, REASON, WAREHOUSE

APPROVE, REFUSE = "批准入库", "退回单位"


@dag(
    schedule=EVERY_TEN_MINUTES,
    max_active_runs=16,  # a run waits for its answers
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

    @task(outlets=[WAREHOUSE], doc_md="Publish it, or send it back.")
    def decide(asked_and_answered: tuple[dict[str, Any], dict[str, Any]]) -> None:
        from clearbase.pipeline.scheduled_holds import answer_held

        question, answer = asked_and_answered
        reason = str((answer.get("params_input") or {}).get("reason") or "")
        by = (answer.get("responded_by_user") or {}).get("name") or "Required Actions"
        with tried_once():
            note = answer_held(question["submission"], APPROVE in answer["chosen_options"], reason, by)
        note_run(note)

    questions = find()
    answers = HITLOperator.partial(
        task_id="ask",
        options=[APPROVE, REFUSE],
        params={"reason": REASON},
        doc_md="A person decides, nobody else; it may take days.",
        execution_timeout=None,
    ).expand_kwargs(questions.map(_shown))
    decide.expand(asked_and_answered=questions.zip(answers.output))


def _shown(question: dict[str, Any]) -> dict[str, Any]:
    return {"subject": question["subject"], "body": question["body"]}


review_held()
