"""Result files: readings as JSON Lines or Parquet, and the account that stands beside each.

In: readings one after another, or a file of them. Out: a file that appears whole or not at all; readings again.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from glob import escape
from pathlib import Path
from typing import Any, TextIO

from dragoman.errors import DragomanError, InputError, MissingExtra
from dragoman.reading import Reading
from dragoman.store.rows import identity

FORMS = ("jsonl", "parquet")
_HALVES = re.compile("[\ud800-\udfff]")
_ROWS = 500  # readings of a Parquet row group
_LONGEST = 50_000_000  # characters of a line of results; the longest text that is read has three million


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one shard: kept beside its result, so that a later run knows it is done."""

    shard: str
    mark: str
    reader: str
    documents: int = 0
    statements: int = 0
    failed: list[dict[str, str]] = field(default_factory=list)
    seconds: float = 0.0
    again: bool = False  # whether an earlier run had done it


def result_path(out: Path, shard: str, form: str) -> Path:
    """Where the readings of a shard go."""
    return out / f"{shard}.{form}"


def account_path(out: Path, shard: str) -> Path:
    """Where the account of a shard goes."""
    return out / f"{shard}.report.json"


def done_before(out: Path, shard: str, form: str, mark: str, reader: str) -> Account | None:
    """The account of a shard that is done, from the same files and by the same reader; else None."""
    try:
        data = json.loads(account_path(out, shard).read_text("utf-8"))
        account = Account(**{**data, "again": True})
    except (OSError, ValueError, TypeError):
        return None
    same = (account.shard, account.mark, account.reader) == (shard, mark, reader)
    return account if same and result_path(out, shard, form).is_file() else None


def write_account(out: Path, account: Account) -> None:
    """Put an account in its place, last of all."""
    path = account_path(out, account.shard)
    _appear(path, json.dumps(asdict(account), ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"))


def write_readings(path: Path, readings: Iterable[Reading], *, form: str) -> None:
    """Write `readings` to `path`, which appears once all are there; one at a time is held."""
    # Two workers may have the same shard, when one was thought lost: each writes a part of its own.
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        (_write_parquet if form == "parquet" else _write_lines)(part, readings)
        _put(part, path)
        for left in path.parent.glob(f"{escape(path.name)}.*.part"):  # of workers that were killed over it
            left.unlink(missing_ok=True)
    finally:
        part.unlink(missing_ok=True)


def _put(part: Path, path: Path) -> None:
    try:
        os.replace(part, path)
    except FileNotFoundError:
        if not path.exists():  # else another worker had the same shard, was done first and swept up
            raise


def _write_lines(part: Path, readings: Iterable[Reading]) -> None:
    with part.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for reading in readings:
            file.write(json.dumps(reading.to_json(), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _write_parquet(part: Path, readings: Iterable[Reading]) -> None:
    pa, pq = parquet()
    columns = ["id", "title", "outlet", "url", "published", "language", "reader", "statements", "reading"]
    schema = pa.schema([(name, pa.int32() if name == "statements" else pa.string()) for name in columns])
    with part.open("wb") as file:
        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            rows: list[dict[str, Any]] = []
            for reading in readings:
                rows.append(_row(reading))
                if len(rows) == _ROWS:
                    writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                    rows.clear()
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
        if not file.closed:
            file.flush()
            os.fsync(file.fileno())


def _row(reading: Reading) -> dict[str, Any]:
    document = reading.document
    return {
        "id": document.id, "title": document.title, "outlet": document.outlet, "url": document.url,
        "published": document.published, "language": document.language, "reader": reading.reader,
        "statements": len(reading.statements), "reading": json.dumps(reading.to_json(), ensure_ascii=False),
    }  # fmt: skip


def parquet() -> tuple[Any, Any]:
    """The Parquet library; MissingExtra where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    return pyarrow, pyarrow.parquet


def _appear(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _put(part, path)


# ------------------------------------------------------------------------------------------------- reading them


def readings_in(
    files: Iterable[Path], failed: Callable[[str], None], *, stdin: TextIO | None = None
) -> Iterator[Reading]:
    """Every reading of every file (JSON, JSON Lines or Parquet; "-" for standard input; a folder for the result files
    in it); what is none is told."""
    for file in (found for given in files for found in _result_files(given, failed)):
        try:
            for where, value in _values(file, failed, stdin):
                try:
                    reading = Reading.from_json(value, where=where)
                    identity(reading.document.id)
                except DragomanError as error:
                    failed(str(error) if str(error).startswith(where) else f"{where}: {error}")
                else:
                    yield reading
        except OSError as problem:
            failed(f"{file}: {problem.strerror or problem}. Check the path.")
        except UnicodeDecodeError as problem:
            failed(f"{file}: {problem}. Expected UTF-8.")
        except InputError as error:
            failed(str(error))


def _result_files(given: Path, failed: Callable[[str], None]) -> list[Path]:
    """A file itself; of a folder the results, and not the accounts beside them."""
    if not given.is_dir():
        return [given]
    found = sorted(path for path in given.iterdir() if path.suffix.lower() in (".jsonl", ".parquet"))
    if not found:
        failed(f"{given}: a folder without result files. Expected .jsonl or .parquet.")
    return found


def _values(file: Path, failed: Callable[[str], None], stdin: TextIO | None) -> Iterator[tuple[str, Any]]:
    if file.suffix.lower() == ".parquet":
        yield from _parquet_values(file, failed)
    elif str(file) == "-":
        yield from _json_values(stdin or sys.stdin, str(file), failed)
    else:
        with file.open(encoding="utf-8") as stream:
            yield from _json_values(stream, str(file), failed)


def _json_values(stream: TextIO, name: str, failed: Callable[[str], None]) -> Iterator[tuple[str, Any]]:
    """The values of JSON Lines, line by line; a file that is one value over several lines is taken whole."""
    first = stream.readline(_LONGEST)
    if len(first) < _LONGEST and first.strip() and not _is_json(first):
        if len(rest := stream.read(_LONGEST)) == _LONGEST:
            failed(f"{name}: more than {_LONGEST // 10**6} million characters in one piece. Expected JSON Lines.")
            return
        try:
            whole = _parsed(first + rest)
        except (ValueError, RecursionError):
            lines: Iterable[str] = [first, *rest.split("\n")]
        else:
            yield from ((name, value) for value in (whole if isinstance(whole, list) else [whole]))
            return
    else:
        lines = _chained(first, stream)
    for number, line in enumerate(lines, 1):
        place = f"{name}:{number}"
        if len(line) >= _LONGEST:
            failed(f"{place}: a line that is too long (more than {_LONGEST // 10**6} million characters)")
        elif line.strip():
            try:
                value = _parsed(line)
            except (ValueError, RecursionError) as problem:
                failed(f"{place}: no JSON ({getattr(problem, 'msg', 'nested too deep')})")
                continue
            yield from ((place, one) for one in (value if isinstance(value, list) else [value]))


def _chained(first: str, stream: TextIO) -> Iterator[str]:
    """The lines of a stream; of one that is too long only the beginning."""
    line = first
    while line:
        yield line
        while len(line) == _LONGEST and not line.endswith("\n"):
            line = stream.readline(_LONGEST)
        line = stream.readline(_LONGEST)


def _parsed(text: str) -> Any:
    """A value from JSON; halves of letters, which no page can show and no file hold, are replaced place for place."""
    value = json.loads(text)
    return _whole(value) if "\\u" in text else value


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else _HALVES.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return {_whole(key): _whole(one) for key, one in value.items()} if isinstance(value, dict) else value


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _parquet_values(file: Path, failed: Callable[[str], None]) -> Iterator[tuple[str, Any]]:
    pa, pq = parquet()
    try:
        table = pq.ParquetFile(file)
        if "reading" not in table.schema_arrow.names:
            raise InputError("a Parquet file without readings", where=str(file), expected='a column "reading"')
        number = 0
        for rows in table.iter_batches(batch_size=_ROWS, columns=["reading"]):
            for text in rows.column(0).to_pylist():
                number += 1
                try:
                    yield f"{file}:{number}", _parsed(text)
                except (ValueError, TypeError) as problem:
                    failed(f"{file}:{number}: no JSON ({problem})")
    except pa.ArrowException as problem:
        raise InputError(f"no Parquet file ({str(problem)[:200]})", where=str(file)) from None
