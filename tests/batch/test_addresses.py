"""Reports that lie on a web server, in a store of objects, in an archive."""

from __future__ import annotations

import json
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from belisha.batch import addresses
from belisha.batch.backfill import Request, backfill
from belisha.batch.files import find_pdfs
from belisha.talk import Talk
from extract.errors import SettingsError
from tests.batch.stores import belisha, content, is_sound
from tests.belisha.running import one_line_of_trouble

fsspec = pytest.importorskip("fsspec", reason="needs the extra belisha[remote]")


class Web:
    """A web server over a folder.

    ``troubles``: by path, the answers it gives before it gives the file; ``cut``: paths of which it gives half.
    """

    def __init__(self, folder: Path) -> None:
        self.asked: Counter[str] = Counter()
        self.troubles: dict[str, list[int]] = {}
        self.cut: set[str] = set()
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                web.asked[path] += 1
                if web.troubles.get(path):
                    self.send_error(web.troubles[path].pop(0))
                elif path == "/":
                    names = sorted(p.name for p in folder.iterdir() if p.is_file())
                    self._answer("".join(f'<a href="/{n}">{n}</a>\n' for n in names).encode(), "text/html")
                elif (folder / path[1:]).is_file():
                    self._answer((folder / path[1:]).read_bytes(), "application/pdf", path in web.cut)
                else:
                    self.send_error(404)

            def do_HEAD(self) -> None:
                self.send_error(405)  # as some servers do

            def _answer(self, data: bytes, kind: str, cut: bool = False) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data[: len(data) // 2] if cut else data)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.at = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def web(folder: Path) -> Iterator[Web]:
    pytest.importorskip("aiohttp", reason="needs the extra belisha[remote]")
    made = Web(folder)
    yield made
    made.close()


def read(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a store holds, but for where it came from."""
    held = content(store)
    del held["file"]
    return held


def test_a_page_that_lists_reports(web: Web, folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "h.db"
    ended = belisha("backfill", f"{web.at}/", "--store", store, "--jobs", "2", "--format", "json")
    told = json.loads(ended.out)
    assert (ended.code, told["files"], told["new"], told["refused"]) == (3, 8, 5, 3), ended.err
    assert belisha("backfill", *folder.glob("*.pdf"), "--store", tmp_path / "here.db").code == 3
    assert read(store) == read(tmp_path / "here.db")
    assert is_sound(store)
    assert f"{web.at}/q1.pdf" in told["lists"]["new"][0]["file"]
    asked = web.asked["/q1.pdf"]
    again = json.loads(belisha("backfill", f"{web.at}/", "--store", store, "--format", "json").out)
    assert (again["new"], again["same"]) == (0, 5)
    assert web.asked["/q1.pdf"] == asked + 1 == 2  # fetched once in each run


def test_a_server_in_trouble_is_asked_again(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "WAITS", (0.01, 0.01))
    web.troubles = {"/q1.pdf": [503, 500], "/q2.pdf": [503] * 3, "/q3.pdf": [403]}
    names = [f"{web.at}/{name}" for name in ("q1.pdf", "q2.pdf", "q3.pdf", "none.pdf")]
    store = str(tmp_path / "h.db")
    summary = backfill(Request(names, store), Talk(loudness=-1))
    states = {r.file.rpartition("/")[2]: (r.state, r.kind) for r in summary.results}
    assert states == {
        "q1.pdf": ("new", None),
        "q2.pdf": ("failed", "SourceUnreachable"),
        "q3.pdf": ("refused", "ReportMissing"),
        "none.pdf": ("refused", "ReportMissing"),
    }
    assert summary.adds_up
    again = backfill(Request(names, store), Talk(loudness=-1))  # trouble that passed is no lasting verdict
    assert {r.file.rpartition("/")[2] for r in again.results if r.state == "new"} == {"q2.pdf", "q3.pdf"}


def test_half_a_file_is_no_file(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "WAITS", (0.01, 0.01))
    web.cut = {"/q1.pdf"}
    (result,) = backfill(Request([f"{web.at}/q1.pdf"], str(tmp_path / "h.db")), Talk(loudness=-1)).results
    assert (result.state, result.kind) == ("failed", "SourceUnreachable")
    assert web.asked["/q1.pdf"] == 3


def test_no_password_is_stored_or_shown(web: Web, tmp_path: Path) -> None:
    store = tmp_path / "h.db"
    secret = web.at.replace("//", "//clerk:open-sesame@")
    web.troubles = {"/q2.pdf": [500] * 9}
    ended = belisha(
        "backfill", f"{secret}/q1.pdf", f"{secret}/q2.pdf", f"{secret}/none.pdf", "--store", store, "-v"
    )
    assert ended.code == 3
    assert "open-sesame" not in ended.err + ended.text
    assert b"open-sesame" not in b"".join(p.read_bytes() for p in tmp_path.iterdir())
    ended = belisha("backfill", secret.replace("http:", "gopherish:"), "--store", tmp_path / "no.db")
    one_line_of_trouble(ended, code=2, says=["this kind of address"])
    assert "open-sesame" not in ended.err


def test_a_store_of_objects(folder: Path, undisturbed: Path, tmp_path: Path) -> None:
    objects = fsspec.filesystem("memory")
    for file in folder.rglob("*.pdf"):
        objects.pipe(f"/bucket/{file.relative_to(folder)}", file.read_bytes())
    objects.pipe("/bucket/notes.txt", b"no PDF by name")
    summary = backfill(Request(["memory://bucket"], str(tmp_path / "h.db")), Talk(loudness=-1))
    assert (summary.seen, summary.counts["new"], summary.counts["refused"]) == (9, 5, 3)
    assert {len(v) for v in read(tmp_path / "h.db").values()} == {len(v) for v in read(undisturbed).values()}
    assert len(find_pdfs(["memory://bucket/q*.pdf"])) == 5


def test_an_archive(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as made:
        for name in ("q1.pdf", "q2.pdf"):
            made.write(folder / name, f"years/{name}")
    inputs = [f"zip://::file://{tmp_path}/old.zip"]
    summary = backfill(Request(inputs, str(tmp_path / "h.db")), Talk(loudness=-1))
    assert [r.file for r in summary.results] == [
        f"zip://years/{name}::file://{tmp_path}/old.zip" for name in ("q1.pdf", "q2.pdf")
    ]
    assert summary.counts["new"] == 2


def test_a_file_address_is_a_path(folder: Path) -> None:
    assert find_pdfs([folder.as_uri()]) == find_pdfs([str(folder)])


def test_a_place_that_cannot_be_listed_is_said() -> None:
    with pytest.raises(SettingsError, match="cannot be looked through"):
        find_pdfs(["http://127.0.0.1:9/"])


def test_files_are_fetched_ahead_and_handed_on_in_order(web: Web, folder: Path) -> None:
    from belisha.batch.looking import looked_at

    names = ["q3.pdf", "q1.pdf", "none.pdf", "q2.pdf"]
    files = [*find_pdfs([str(folder / "q5.pdf")]), *(addresses.FarFile(f"{web.at}/{n}") for n in names)]
    found = list(looked_at(files))
    assert [one.name for one, _ in found] == ["q5.pdf", *names]
    assert [type(seen).__name__ for _, seen in found] == ["Seen", "Seen", "Seen", "ReportMissing", "Seen"]
