"""Rendering in processes of its own, with limits on time, memory and waiting, so that pages stay quick meanwhile."""

import gc
import logging
import multiprocessing
import os
import resource
import sys
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import BoundedSemaphore, Lock

from django.conf import settings
from pebble import ProcessExpired, ProcessPool

from assessments.pdf_job import PrintJob
from assessments.pdf_scratch import keep_scratch_in

SECONDS = 60
MEMORY = 1536 * 1024**2  # address space of one renderer; a report of 20 full rationales needs about a quarter
WAITING_PER_PROCESS = 4
THREADS_FOR_PAGES = 2
REPORTS_PER_PROCESS = 50  # then it is replaced, and what it held is given back
# The renderer's own turn, and those of all who may stand before it.
LONGEST_WAIT = SECONDS * (2 + WAITING_PER_PROCESS)
RENDERER_FAILURES = (OutOfTime, ProcessExpired, BrokenProcessPool, RuntimeError, EOFError, OSError, MemoryError)

logger = logging.getLogger(__name__)


class Busy(Exception):
    """So many PDFs are under way that another would only wait; try again shortly."""


class Failed(Exception):
    """The renderer ran out of time or memory, or died."""


def become_renderer(scratch: Path) -> None:
    """Run once in each new process: behind the web server in priority, and bounded."""
    gc.freeze()  # the library itself stays: nobody has to look through it after each document
    os.nice(5)  # behind the pages; further back, a busy machine would not finish in time
    keep_scratch_in(scratch)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    # A stricter limit from outside stays; macOS knows none of this kind.
    if sys.platform != "darwin" and (most == resource.RLIM_INFINITY or most > MEMORY):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def render_job(job: PrintJob) -> bytes:
    """Run in the renderer, so that the web process never loads the library."""
    from assessments.pdf import render_pdf

    return render_pdf(job)


def places(processes: int, threads: int) -> int:
    """How many may be rendered or wait: each holds a thread of the server, and pages need some as well."""
    return max(1, min(processes * (1 + WAITING_PER_PROCESS), threads - THREADS_FOR_PAGES))


class Renderers:
    """A few processes, started with the first PDF, and a short queue before them."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._places = BoundedSemaphore(places(processes, settings.THREADS))
        self._pool: ProcessPool | None = None
        self._lock = Lock()

    def start(self) -> ProcessPool:
        with self._lock:
            if self._pool is not None and not self._pool.active:
                self._pool.join()  # a renderer that dies while idle breaks the pool: begin anew
                self._pool = None
            if self._pool is None:
                context = multiprocessing.get_context("forkserver")
                context.set_forkserver_preload(["assessments.pdf"])
                self._pool = ProcessPool(
                    max_workers=self._processes,
                    max_tasks=REPORTS_PER_PROCESS,
                    initializer=become_renderer,
                    initargs=[settings.VAR_DIR / "rendering"],
                    context=context,
                )
            return self._pool

    def render(self, job: PrintJob) -> bytes:
        """The PDF; raise Busy when the queue is full, Failed when the renderer could not do it."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            pdf: bytes = self.start().schedule(render_job, args=[job], timeout=SECONDS).result(LONGEST_WAIT)
            return pdf
        except RENDERER_FAILURES as problem:
            logger.exception("A PDF could not be made")
            raise Failed(str(problem)) from problem
        finally:
            self._places.release()


renderers = Renderers(min(settings.PDF_PROCESSES, os.cpu_count() or 1))
