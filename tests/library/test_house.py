"""The core every department stands on: errors, files, home, settings, work."""

import ast
import os
import re
import stat
import threading
from inspect import cleandoc
from pathlib import Path

import pytest

from onereel import errors
from onereel.errors import Cancelled, MakeWritable, OneReelError, ReplaceMedia, ReviseSetting
from onereel.files import remove_leftovers, writing
from onereel.home import Home
from onereel.settings import Settings
from onereel.work import Cancel, Progress

_READ = {".py", ".md", ".mjs", ".js", ".toml"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


def tree(kind: type[OneReelError], depth: int = 0) -> set[tuple[int, str]]:
    below = (tree(child, depth + 1) for child in kind.__subclasses__())
    return {(depth, kind.__name__)}.union(*below)


def test_the_drawn_tree_is_the_tree():
    _, drawing = cleandoc(errors.__doc__ or "").split("\n\n")
    drawn = {
        (len(branch) // 4, name) for branch, name in re.findall(r"(?m)^([|+ -]*)(\w+)", drawing)
    }
    assert drawn == tree(OneReelError)
    assert {name for _, name in drawn} == set(errors.__all__)


def test_every_error_shows_the_user_one_sentence_and_no_path():
    assert str(ReplaceMedia("Choose another clip.")) == "Choose another clip."
    assert ReplaceMedia.__module__ == "onereel"


def test_a_file_is_whole_or_absent(tmp_path: Path):
    path = tmp_path / "deep" / "film.mp4"
    with writing(path) as temporary:
        temporary.write_bytes(b"film")
        assert not path.exists()
        assert temporary.suffix == ".mp4"
    assert path.read_bytes() == b"film"
    with pytest.raises(ZeroDivisionError), writing(path) as temporary:
        temporary.write_bytes(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"film"
    assert [file.name for file in path.parent.iterdir()] == ["film.mp4"]


def test_what_a_killed_run_left_goes_after_a_day(tmp_path: Path):
    folder = tmp_path / "takes" / "film"
    folder.mkdir(parents=True)
    with writing(folder / "old.mp4"):
        kept = [folder / ".reel-abcdefgh.mp4", folder / "take.onereel-1.mp4"]
        (old,) = folder.iterdir()
        for left in (old, *(also := [folder / f"{old.stem}{end}" for end in ("-mix.wav", ".m4a")])):
            left.write_bytes(b"half")
        for path in kept:
            path.write_bytes(b"not ours")
        for path in (*also, *kept):
            os.utime(path, (0, 0))
        remove_leftovers(tmp_path)
        assert len(list(folder.iterdir())) == 5
        remove_leftovers(tmp_path, deep=True)
        assert set(folder.iterdir()) == {old, *kept}
        os.utime(old, (0, 0))
        with writing(folder / "new.mp4"):
            assert not old.exists()
        old.touch()


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_a_finished_file_is_readable_like_any_other(tmp_path: Path):
    plain = tmp_path / "plain"
    plain.touch()
    with writing(tmp_path / "film.mp4") as temporary:
        temporary.write_bytes(b"film")
    assert stat.S_IMODE((tmp_path / "film.mp4").stat().st_mode) == stat.S_IMODE(
        plain.stat().st_mode
    )


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path):
    (tmp_path / "output").write_text("a file")
    with pytest.raises(OneReelError, match="output"), writing(tmp_path / "output" / "film.mp4"):
        pass


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder nobody can write")
def test_a_folder_that_cannot_be_written_is_named():
    with pytest.raises(OneReelError, match="/proc"), writing(Path("/proc/onereel/film.mp4")):
        pass
    assert issubclass(MakeWritable, OneReelError)


def test_media_names_stay_inside_the_home(home: Home, tmp_path: Path):
    assert home.path("takes/a.mp4") == home.media / "takes/a.mp4"
    for name in ("../private/settings.toml", "/etc/passwd", "takes/../../x"):
        with pytest.raises(ReplaceMedia):
            home.path(name)
    home.media.mkdir()
    (home.media / "link").symlink_to(tmp_path)
    with pytest.raises(ReplaceMedia):
        home.path("link/x.mp4")


@pytest.mark.skipif(os.name == "nt", reason="Windows asks the registry, not the environment")
def test_the_last_home_is_remembered_and_a_broken_pointer_is_not_followed(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "user"))
    monkeypatch.delenv("ONEREEL_HOME", raising=False)
    usual = Home.find()
    home.remember()
    assert Home.find() == usual  # the folder is not there
    home.private.mkdir()
    assert Home.find() == home
    (pointer,) = (path for path in (tmp_path / "user").rglob("home") if path.is_file())
    for broken in (b"", b"/one line\n", b"\xff\xfe\n\n\n"):
        pointer.write_bytes(broken)
        assert Home.find() == usual
    home.remember()
    assert Home.find() == home


def test_settings_are_made_on_first_start_and_read_back(home: Home):
    assert Settings.load(home).ollama.timeout == 120
    file = home.private / "settings.toml"
    file.write_text(file.read_text("utf-8").replace("# timeout = 120 ", "timeout = 7 "), "utf-8")
    assert Settings.load(home).ollama.timeout == 7


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[ollama", "not valid TOML"),
        ("[ollama]\nhots = 'x'", "ollama.hots is not a field"),
        ("[ollama]\ntimeout = -1", "ollama.timeout"),
    ],
)
def test_a_wrong_line_in_the_settings_is_named(home: Home, text: str, sentence: str):
    home.private.mkdir()
    (home.private / "settings.toml").write_text(text, "utf-8")
    with pytest.raises(ReviseSetting, match=sentence) as raised:
        Settings.load(home)
    assert "settings.toml" in raised.value.user_message


def test_settings_that_are_no_text_are_named(home: Home):
    home.private.mkdir()
    file = home.private / "settings.toml"
    file.write_bytes(b"[voice]\n\xff\xfe")
    with pytest.raises(ReviseSetting, match=r"settings\.toml cannot be read"):
        Settings.load(home)


def test_progress_of_a_part_is_a_slice_of_the_whole():
    seen: list[float] = []
    progress = Progress(lambda report: seen.append(report.fraction))
    half = progress.part(0.5, 1.0)
    half(0)
    half.part(0.5, 1.0)(0.5)
    half(7)
    assert seen == [0.5, 0.875, 1.0]


def test_cancel_reaches_every_thread():
    cancel = Cancel()
    cancel.check()
    stopped = threading.Event()

    def work() -> None:
        while True:
            try:
                cancel.check()
            except Cancelled:
                stopped.set()
                return

    thread = threading.Thread(target=work)
    thread.start()
    cancel.request()
    thread.join(10)
    assert stopped.is_set()


def test_readme_shows_what_the_stand_ins_do_on_hearsay():
    pack = Path(__file__).parents[2]
    rows = re.findall(
        r"(?m)^\| U\d+ \|.*$", (pack / "tests/standins/UNPROVEN.md").read_text("utf-8")
    )
    assert rows
    readme = (pack / "README.md").read_text("utf-8")
    assert [row for row in rows if row not in readme] == []


def test_every_requirement_has_its_reason_in_the_readme():
    pack = Path(__file__).parents[2]
    readme = (pack / "README.md").read_text("utf-8")
    lines = (pack / "requirements.txt").read_text("utf-8").splitlines()
    names = [re.split(r"[<>=; ]", line)[0] for line in lines]
    assert [name for name in names if not re.search(rf"(?m)^\| {name}( \(|s? \|)", readme)] == []


def test_what_is_shipped_gives_scanners_no_cause_for_alarm():
    # nodesafe and the registry's scanner read text, not code: these words alone make a pack
    # "malicious" to them. SECURITY.md promises that there are none.
    alarming = re.compile(
        r"compile\(|b64decode|bytes\.fromhex|zlib\.decompress|loads\([\w.]*(?:unhexlify|decompress)"
        r"|os\.system|subprocess\.|__import__|marshal\.loads"
    )
    root = Path(errors.__file__).parents[1]
    shipped = [root / "SECURITY.md", root / "README.md", root / "__init__.py"]
    for folder in ("onereel", "nodes", "web"):
        shipped += [path for path in (root / folder).rglob("*") if path.suffix in _READ]
    found = {str(path): alarming.findall(path.read_text("utf-8")) for path in shipped}
    assert len(found) > 100
    assert {path: words for path, words in found.items() if words} == {}


def test_python_files_can_be_read_where_text_is_cp1252():
    root = Path(errors.__file__).parents[1]
    files = [path for name in ("onereel", "nodes", "tests") for path in (root / name).rglob("*.py")]
    assert len(files) > 300
    for path in files:
        path.read_text("utf-8").encode("cp1252")


def test_what_is_imported_only_when_it_is_used_is_there():
    """A type checker reads the library alone, and a start of ComfyUI runs none of these."""
    root = Path(__file__).parents[2]
    lost = []
    for file in (*root.glob("nodes/**/*.py"), *root.glob("onereel/**/*.py")):
        for each in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(each, ast.ImportFrom) and each.level:
                place = file.parents[each.level - 1].joinpath(*(each.module or "").split("."))
                if not (place.is_dir() or place.with_suffix(".py").is_file()):
                    lost.append(f"{file.relative_to(root)}:{each.lineno}")
    assert lost == []
