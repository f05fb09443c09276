"""Where clear personal data may lie: in the employer's own receipts and nowhere else in the whole home."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
from rosters import EMPLOYER, HEADER, PEOPLE, roster

from clearbase.settings import Settings

Run = Callable[..., "subprocess.CompletedProcess[str]"]
NAME, NUMBER, PHONE = "欧阳金丝雀", "330227198506159988", "13712345678"
CLERK, CLERK_PHONE = "令狐经办甲", "138-1234-5679"
SECRETS = {"name": NAME, "number": NUMBER, "phone": PHONE, "clerk": CLERK, "clerk's phone": CLERK_PHONE}
REGISTRY_HEADER = (
    "登记编号,姓名,公民身份号码,性别,出生日期,民族,户籍地址,现居住地址,现居住街道,手机号,登记日期,登记状态,注销日期"
)


def contents(path: Path) -> Iterator[bytes]:
    """A file's bytes, and those of its members where it is a zip (as workbooks are)."""
    data = path.read_bytes()
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield archive.read(member)


def found_in(home: Path, needles: dict[str, bytes]) -> dict[str, set[Path]]:
    places: dict[str, set[Path]] = {name: set() for name in needles}
    roots = [home, (home / "postgres").resolve()]
    for path in (p for root in roots for p in root.rglob("*") if p.is_file()):
        for data in contents(path):
            for name, needle in needles.items():
                if needle in data:
                    places[name].add(path)
    return places


def test_a_canary_is_found_only_in_its_employer_s_receipts(clearbase: Run, settings: Settings, tmp_path: Path) -> None:
    canary = [NAME, NUMBER, "女", PHONE, "河南省信阳市固始县黄雀村7号", "北仑区大碶街道金丝雀公寓502", "2023-07-01"]
    spoilt = [NAME + "(离职)", NUMBER[:-1] + "7", "男", PHONE + "1", canary[4], canary[5], "1899-01-01"]
    everywhere = roster(
        tmp_path / "2026年8月花名册.xlsx",
        [canary, spoilt, *PEOPLE[:1], ["", NUMBER, "", PHONE, "", "", ""]],
        title=f"{NAME}{PHONE}填报",
        sheet_name=f"{NAME}的表",
    )
    named_after = roster(tmp_path / f"{NAME}{NUMBER}_{PHONE}.xlsx", [canary])
    not_a_roster = tmp_path / f"{NAME}离职.pdf"
    not_a_roster.write_bytes(b"%PDF-1.7 nothing")
    # Who is named beside the workers: in a file's name, on a sheet that is set aside, in a header of nobody's.
    clerk = tmp_path / f"2026年7月花名册-填报人{CLERK}{CLERK_PHONE}.xlsx"
    people = [[*PEOPLE[1], ""]]
    roster(clerk, people, header=[*HEADER, f"经办人 {CLERK}"])
    book = openpyxl.load_workbook(clerk)
    book.create_sheet(f"{CLERK}工资").append([f"联系人：{CLERK} {CLERK_PHONE}"])
    book.save(clerk)
    registry = tmp_path / f"{NAME}.csv"
    registry.write_text(
        f"{REGISTRY_HEADER}\n1,{NAME},{NUMBER},女,1985-06-15,汉族,{canary[4]},{canary[5]},大碶街道,{PHONE},2024-01-01,有效,\n"
    )
    for arguments in (
        ["registry", "load", registry],
        ["ingest", everywhere, "--employer", EMPLOYER, "--period", "2026-08"],
        ["ingest", named_after, "--employer", EMPLOYER, "--period", "2026-09"],
        ["ingest", named_after],
        ["ingest", clerk, "--employer", EMPLOYER],
        ["ingest", not_a_roster],
    ):
        done = clearbase(*arguments)
        assert done.returncode == 0, done.stderr
        assert not any(secret in done.stdout + done.stderr for secret in SECRETS.values())
    assert clearbase("psql", "-c", "CHECKPOINT").returncode == 0  # all that the running server holds is in its files
    needles = {
        f"{what} in {coding}": text.encode(coding)
        for what, text in (*SECRETS.items(), ("address", "金丝雀公寓"))
        for coding in ("utf-8", "gb18030", "utf-16-le")
    }
    own = settings.receipts_folder(EMPLOYER)
    places = found_in(settings.home, needles)
    for name, paths in places.items():
        outside = {path for path in paths if own not in path.parents}
        assert not outside, f"{name}: {outside}"
    assert places["name in utf-8"], "the search finds what is there: the employer's own annotated workbook"
