// The words on what is saved: in the bar that is always in view, at the section, and once for those who listen.

const SPOKEN_AFTER = 700;
const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export class SaveNote {
  constructor(form, savers) {
    this.savers = savers;
    this.visible = form.querySelector("[data-save-note]");
    this.link = form.querySelector("[data-save-link]");
    this.spoken = form.querySelector("[data-save-live]");
  }

  begin() {
    this.visible.textContent = "Everything is saved as you go.";
  }

  tell(saver) {
    this.atSection(saver);
    const all = [...this.savers.values()];
    const failed = all.filter((each) => each.problem);
    const waiting = all.find((each) => each.missing);
    const last = all.map((each) => each.savedAt).filter(Boolean).sort((one, other) => one - other).at(-1);
    const saved = last ? `Saved ${clock.format(last)}` : "Everything is saved as you go.";
    if (failed.length) this.say(failed[0].words, "failed", this.where(failed[0]), failed[0]);
    else if (waiting) this.say(waiting.words, "waiting", this.where(waiting), waiting);
    else if (all.some((each) => !each.isSettled)) this.say("Saving…", "saving");
    else this.say(saved, last ? "saved" : "");
  }

  atSection(saver) {
    const line = saver.section.querySelector("[data-save-state]");
    if (!line) return;
    line.textContent = saver.words && `${saver.words}.`;
    line.hidden = !saver.words;
  }

  where(saver) {
    return saver.problem === "signed_out"
      ? { href: `/accounts/login/?next=${encodeURIComponent(location.pathname)}`, text: "Sign in, and it is stored" }
      : { href: `#${saver.section.id}`, text: saver.name };
  }

  say(words, kind, link = null, saver = null) {
    const kept = saver && !saver.isKept ? " This browser keeps nothing: stay on this page." : "";
    this.visible.textContent = link ? `${words}.${kept}` : `${words}${kept}`;
    this.visible.dataset.kind = kind;
    this.link.hidden = !link;
    if (link) {
      this.link.href = link.href;
      this.link.textContent = link.text;
    }
    clearTimeout(this.timer);
    if (kind !== "saving") this.timer = setTimeout(() => this.speak(this.visible.textContent), SPOKEN_AFTER);
  }

  speak(words) {
    if (this.spoken.textContent !== words) this.spoken.textContent = words;
  }
}
