"""What a renderer keeps on the disk goes when it has died, and stays while it lives."""

import subprocess
import sys
from pathlib import Path

from assessments.pdf_scratch import remove_abandoned

WORK = """
import sys, tempfile
from pathlib import Path
from assessments.pdf_scratch import keep_scratch_in
folder = keep_scratch_in(Path(sys.argv[1]))
Path(tempfile.mkdtemp(), "font").write_text("x")
print(folder, flush=True)
sys.stdin.read()
"""


def at_work(base: Path) -> tuple[subprocess.Popen[str], Path]:
    command = [sys.executable, "-c", WORK, str(base)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_the_next_one_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    base = tmp_path / "rendering"
    with at_work(base)[0] as killed:
        (left,) = base.iterdir()
        killed.kill()
    assert len(list(left.rglob("font"))) == 1
    process, own = at_work(base)
    with process:
        assert list(base.iterdir()) == [own]
        assert base.stat().st_mode & 0o777 == 0o700
        remove_abandoned(base)
        assert len(list(own.rglob("font"))) == 1
        process.kill()
