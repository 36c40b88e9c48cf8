"""What the source never does, read from the source: no command line, no evaluation, no weak hash, no chance."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.signing import Signer

from assessments import signed_links
from assessments.rater_links import new_browser_key

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("assessments", "benchmarks", "qmm_site")
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
# These write SQL themselves: triggers, and what no query of Django says. Each is read by hand; none takes input.
WRITES_SQL = (
    "assessments/archive/",
    "assessments/database_rules/",
    "assessments/file_rewriting.py",
    "assessments/management/commands/prepare.py",
    "assessments/trail/",
)
# The only program that is started: fontconfig's list of letters, with fixed arguments.
STARTS_A_PROGRAM = {"assessments/pdf_letters.py"}
FORMATS_ITS_OWN = {
    ("assessments/forms/answers.py", "label"),
    ("assessments/signing_in/single_sign_on.py", "words"),
    ("qmm_site/logs.py", "super()"),
}
# Knows what goes wrong when the configured other site is asked; allauth asks it.
KNOWS_FETCHING = ["assessments/views/single_sign_on.py"]
# Rendered by this server before, and explanations of fields that stand in the source.
GETS_MARKUP = ("_opening.html", "field_notes.html")
# Put into a page as it comes from this server, which has escaped it.
TAKES_MARKUP = {"saved-section.js"}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call of the product: in which module, of what, and itself."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield name, ast.unparse(node.func), node


def imported() -> Iterator[tuple[str, str]]:
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield name, node.module or ""


@pytest.mark.asvs("1.2.4")
def test_no_query_is_put_together_from_texts() -> None:
    raw = {"raw", "extra", "RawSQL", "execute", "executemany", "executescript"}
    found = [name for name, call, _ in calls() if call.rpartition(".")[2] in raw]
    assert [name for name in found if not name.startswith(WRITES_SQL)] == []


@pytest.mark.asvs("1.2.5", "15.3.2")
def test_no_program_is_started_by_a_shell_and_nothing_is_fetched() -> None:
    starts = {name for name, module in imported() if module in ("subprocess", "pty", "os.system", "commands")}
    assert starts == STARTS_A_PROGRAM
    for name, call, node in calls():
        assert call not in ("os.system", "os.popen", "os.execv", "os.spawnv"), name
        assert not any(word.arg == "shell" for word in node.keywords), name
    fetchers = {"requests", "urllib.request", "http.client", "urllib3", "ftplib", "telnetlib", "socket"}
    assert [name for name, module in imported() if module in fetchers] == KNOWS_FETCHING


@pytest.mark.asvs("1.3.2")
def test_nothing_is_evaluated() -> None:
    assert [name for name, call, _ in calls() if call in ("eval", "exec", "compile", "__import__")] == []
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function\(|setTimeout\(\s*[\"'`]|document\.write", text), script.name


@pytest.mark.asvs("1.5.2")
def test_no_objects_are_made_from_bytes() -> None:
    makers = {"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}
    assert [name for name, module in imported() if module.partition(".")[0] in makers] == []


@pytest.mark.asvs("1.3.7")
def test_no_template_is_made_from_a_text() -> None:
    makers = {"Template", "from_string", "engines", "mark_safe", "SafeString", "SafeText"}
    assert [name for name, call, _ in calls() if call.rpartition(".")[2] in makers] == []


@pytest.mark.asvs("1.3.10")
def test_no_format_string_comes_from_elsewhere() -> None:
    """A text is formatted where it stands in the source, or is one of our own constants."""
    for name, call, node in calls():
        if name.startswith(WRITES_SQL):
            continue  # its words about a table are our own
        if call.endswith((".format", ".format_map")) and isinstance(node.func, ast.Attribute):
            subject = ast.unparse(node.func.value)
            is_ours = isinstance(node.func.value, ast.Constant) or re.search(r"\b[A-Z_]{2,}\b", subject)
            assert is_ours or (name, subject) in FORMATS_ITS_OWN, f"{name}: {subject}"


@pytest.mark.asvs("1.1.2")
def test_escaping_is_left_to_the_template_engine() -> None:
    assert all("autoescape" not in ast.dump(ast.parse(repr(engine["OPTIONS"]))) for engine in settings.TEMPLATES)
    unescaped = re.compile(r"autoescape off|\|\s*(?:safe|safeseq)\b")
    pages = [path for path in sorted((ROOT / "templates").rglob("*")) if path.suffix in (".html", ".svg")]
    found = {page.name for page in pages if unescaped.search(page.read_text(encoding="utf-8"))}
    assert found == {*GETS_MARKUP}


@pytest.mark.asvs("11.4.1", "11.4.3")
def test_no_broken_hash_is_used() -> None:
    weak = {"hashlib.md5", "hashlib.sha1", "hashlib.new", "zlib.crc32", "zlib.adler32"}
    assert [name for name, call, _ in calls() if call in weak] == []
    assert Signer().algorithm == "sha256"


@pytest.mark.asvs("11.4.2", "11.2.2")
def test_passwords_are_stored_by_a_slow_hash_that_can_be_exchanged() -> None:
    source = (ROOT / "qmm_site" / "settings.py").read_text(encoding="utf-8")
    assert "PASSWORD_HASHERS" not in source  # Django's own, of which the first makes and all others are known
    assert PBKDF2PasswordHasher().iterations >= 600_000


@pytest.mark.asvs("11.5.1", "11.2.3", "11.2.1", "7.2.3")
def test_what_must_not_be_guessed_is_random() -> None:
    assert [name for name, module in imported() if module == "random"] == []
    for make in (signed_links.new_nonce, new_browser_key):
        made = {make() for _ in range(100)}
        assert len(made) == 100
        assert min(map(len, made)) >= 43  # 256 bits in base 64


@pytest.mark.asvs("9.1.2", "9.1.3")
def test_links_are_signed_by_the_configured_key_and_one_algorithm() -> None:
    assert len(signed_links.signature_of("x", salt="y")) == 43
    other = Signer(key="another key", salt="y").signature("x")
    assert not signed_links.is_signature_of("x", other, salt="y")


@pytest.mark.asvs("11.2.2")
def test_what_an_earlier_key_signed_is_known_for_a_while(settings: pytest.FixtureRequest) -> None:
    signed = signed_links.signature_of("x", salt="y")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]  # type: ignore[attr-defined]
    assert signed_links.signature_of("x", salt="y") != signed
    assert signed_links.is_signature_of("x", signed, salt="y")


@pytest.mark.asvs("3.2.2")
def test_scripts_put_no_typed_text_into_a_page_as_markup() -> None:
    markup = re.compile(r"\.innerHTML\s*=|\.outerHTML\s*=|insertAdjacentHTML\(")
    assert {script.name for script in SCRIPTS if markup.search(script.read_text(encoding="utf-8"))} <= TAKES_MARKUP


@pytest.mark.asvs("3.7.1", "15.3.6")
def test_scripts_use_no_outdated_technology_and_reach_no_prototype() -> None:
    never = re.compile(r"__proto__|\.prototype\b|ActiveXObject|postMessage|document\.domain|for \([^;)]* in ")
    assert [script.name for script in SCRIPTS if never.search(script.read_text(encoding="utf-8"))] == []
    elements = re.compile(r"<(applet|object|embed|frame|frameset|iframe)\b", re.IGNORECASE)
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert [page.name for page in pages if elements.search(page.read_text(encoding="utf-8"))] == []


@pytest.mark.asvs("15.2.3")
def test_the_product_needs_nothing_of_the_tests() -> None:
    assert [name for name, module in imported() if module.partition(".")[0] in ("tests", "pytest", "hypothesis")] == []


@pytest.mark.asvs("15.3.3")
def test_no_form_writes_fields_that_it_does_not_show() -> None:
    """Forms name their fields; a model is never filled from what was sent as a whole."""
    for name, call, node in calls():
        spread = [ast.unparse(word.value) for word in node.keywords if word.arg is None]
        assert not [text for text in spread if "POST" in text or "GET" in text], f"{name}: {call}"
    for name, tree in trees():
        if name.startswith("assessments/forms/"):
            assert "__all__" not in ast.unparse(tree), name


@pytest.mark.asvs("13.3.2", "13.2.3")
def test_secrets_are_in_no_file_of_the_source() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {".env", "var/"} <= set(ignored)
    run = (ROOT / "run").read_text(encoding="utf-8")
    assert "umask 077" in run
    source = (ROOT / "qmm_site" / "settings.py").read_text(encoding="utf-8")
    assert 'SECRET_KEY = env.secret("SECRET_KEY")' in source


@pytest.mark.asvs("6.3.2")
def test_no_migration_and_no_fixture_makes_an_account() -> None:
    made = [*(ROOT / "assessments" / "migrations").glob("*.py"), *ROOT.glob("*/fixtures/*.json")]
    assert len(made) > 5
    for path in made:
        assert not re.search(
            r"pbkdf2|argon2|bcrypt|create_superuser|\"password\": ", path.read_text(encoding="utf-8")
        ), path
