// On the way to another page: what is pending is stored first, so that the next page shows it.

const AT_MOST = 2_500; // then the browser keeps what could not be sent, and sends it from there

export function leaveSettled({ isSettled, settle }) {
  const settledOrLate = () => Promise.race([settle(), new Promise((resolve) => { setTimeout(resolve, AT_MOST); })]);

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    const isPlain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target || link.origin !== location.origin) return;
    const isSamePage = link.pathname === location.pathname && link.search === location.search && link.hash;
    if (isSamePage || isSettled()) return;
    event.preventDefault();
    await settledOrLate();
    location.assign(link.href);
  });

  document.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || isSettled() || event.target.dataset.settled) return;
    event.preventDefault();
    await settledOrLate();
    event.target.dataset.settled = "yes";
    event.target.requestSubmit(event.submitter);
    delete event.target.dataset.settled;
  });

  window.addEventListener("beforeunload", (event) => { if (!isSettled() && !canKeep()) event.preventDefault(); });
}

function canKeep() {
  try {
    localStorage.setItem("qmm-try", "");
    localStorage.removeItem("qmm-try");
    return true;
  } catch {
    return false;
  }
}
