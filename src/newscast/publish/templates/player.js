// Without it the page is whole: links, audio and text. With it there is a player that people like.
(() => {
  "use strict";
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const remember = (key, value) => {
    try {
      return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value);
    } catch { return null; } // a browser that keeps nothing
  };

  // One voice at a time, on pages with many.
  document.addEventListener("play", (event) => {
    for (const other of all("audio")) if (other !== event.target) other.pause();
  }, true);

  const copy = async (text, told) => {
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "Alamat disalin.";
    } catch {
      told.textContent = text;
    }
  };

  function player(audio, main) {
    const box = audio.closest(".player");
    const cues = all("[data-end]", main);
    const chapters = all(".chapters [data-start]", main);
    const starts = (list) => list.map((item) => Number(item.dataset.start));
    const cueStarts = starts(cues), chapterStarts = starts(chapters);
    const last = (list, time) => list.findLastIndex((start) => start <= time + 0.05);
    const clock = (time) => `${Math.floor(time / 60)}:${String(Math.floor(time % 60)).padStart(2, "0")}`;
    const told = one(".told", box);
    const place = `newscast:${main.dataset.here}`;
    const moment = () => {
      const found = /(?:^#|[#&])t=(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)/.exec(location.hash);
      if (!found) return null;
      const parts = [found[1], found[2], found[3]].filter((part) => part !== undefined).map(Number);
      return parts.reduce((sum, part) => sum * 60 + part, 0);
    };
    const go = (time) => {
      const to = Math.max(0, Number.isFinite(audio.duration) ? Math.min(time, audio.duration) : time);
      if (audio.readyState > 0) audio.currentTime = to;
      else {
        audio.addEventListener("loadedmetadata", () => { audio.currentTime = to; }, { once: true });
        audio.load();
      }
      mark(to);
    };
    const play = () => audio.play().catch(() => {});

    let current = -1, chapter = -1, looked = 0;
    const follow = one(".follow input", main);
    function mark(time) {
      const inside = last(cueStarts, time);
      const now = inside >= 0 && time < Number(cues[inside].dataset.end) ? inside : -1;
      if (now !== current) {
        cues[current]?.classList.remove("now");
        cues[current]?.removeAttribute("aria-current");
        current = now;
        cues[current]?.classList.add("now");
        cues[current]?.setAttribute("aria-current", "true");
        if (current >= 0 && follow?.checked && !audio.paused && Date.now() - looked > 4000) {
          const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
          cues[current].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
        }
      }
      const at = last(chapterStarts, time);
      if (at !== chapter) {
        chapters[chapter]?.removeAttribute("aria-current");
        chapter = at;
        chapters[chapter]?.setAttribute("aria-current", "true");
      }
    }
    // Who scrolls wants to look elsewhere for a while.
    for (const name of ["wheel", "touchmove"]) {
      addEventListener(name, () => { looked = Date.now(); }, { passive: true });
    }

    let saved = 0;
    audio.addEventListener("timeupdate", () => {
      mark(audio.currentTime);
      if (Math.abs(audio.currentTime - saved) > 5) {
        saved = audio.currentTime;
        remember(place, String(Math.floor(saved)));
      }
    });
    audio.addEventListener("pause", () => remember(place, String(Math.floor(audio.currentTime))));
    audio.addEventListener("ended", () => remember(place, "0"));

    const speeds = [1, 1.25, 1.5, 1.75, 2, 0.75];
    const faster = one("[data-do=speed]", box);
    const speed = (rate) => {
      audio.defaultPlaybackRate = audio.playbackRate = rate;
      faster.textContent = `${String(rate).replace(".", ",")}×`;
      faster.setAttribute("aria-label", `Kecepatan: ${String(rate).replace(".", ",")} kali`);
      remember("newscast:speed", String(rate));
    };
    const share = async () => {
      const time = Math.floor(audio.currentTime);
      const url = main.dataset.here + (time ? `#t=${time}` : "");
      if (!navigator.share) return copy(url, told);
      try { await navigator.share({ title: main.dataset.title, url }); } catch { /* they changed their mind */ }
    };
    const doing = {
      back: () => go(audio.currentTime - 15),
      forward: () => go(audio.currentTime + 30),
      speed: () => speed(speeds[(speeds.indexOf(audio.playbackRate) + 1) % speeds.length]),
      share,
      toggle: () => (audio.paused ? play() : audio.pause()),
    };
    box.addEventListener("click", (event) => doing[event.target.closest("[data-do]")?.dataset.do]?.());

    // A line or a chapter: a click or Enter plays it; one of the lines is in the order of Tab, arrows go on.
    cues.forEach((cue, number) => {
      cue.setAttribute("role", "button");
      cue.tabIndex = number ? -1 : 0;
    });
    main.addEventListener("click", (event) => {
      const target = event.target.closest("[data-start]");
      if (!target || event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection())) return;
      event.preventDefault();
      go(Number(target.dataset.start));
      play();
    });
    main.addEventListener("keydown", (event) => {
      const here = cues.indexOf(event.target);
      if (here < 0) return;
      if (event.key === "Enter" || event.key === " ") event.target.click();
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const next = cues[here + (event.key === "ArrowDown" ? 1 : -1)];
        if (!next) return;
        event.target.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      } else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target.closest("input, textarea, select, audio")) return;
      if (event.key === "k") doing.toggle();
      else if (event.key === "j") doing.back();
      else if (event.key === "l") doing.forward();
    });

    if ("mediaSession" in navigator) {
      const cover = main.dataset.cover;
      navigator.mediaSession.metadata = new MediaMetadata({
        title: main.dataset.title,
        artist: main.dataset.show,
        artwork: cover && location.protocol !== "file:" ? [{ src: new URL(cover, location.href).href }] : [],
      });
      const handlers = {
        seekbackward: doing.back,
        seekforward: doing.forward,
        seekto: (details) => go(details.seekTime),
        previoustrack: chapters.length ? () => go(chapterStarts[Math.max(0, chapter - 1)]) : null,
        nexttrack: chapters.length ? () => go(chapterStarts[chapter + 1] ?? audio.duration) : null,
      };
      for (const [name, handler] of Object.entries(handlers)) {
        try { navigator.mediaSession.setActionHandler(name, handler); } catch { /* not in this browser */ }
      }
    }

    for (const hidden of all(".buttons, .follow", main)) hidden.hidden = false;
    document.body.classList.add("live");
    speed(Number(remember("newscast:speed")) || 1);
    addEventListener("hashchange", () => { if (moment() !== null) { go(moment()); play(); } });
    const before = Number(remember(place));
    if (moment() !== null) go(moment());
    else if (before > 10) {
      go(before);
      told.textContent = `Dilanjutkan dari ${clock(before)}.`;
    }
  }

  function search(form) {
    const input = one("input", form), list = one("ul", form), told = one(".told", form);
    const months = form.dataset.months.split(" ").filter(Boolean);
    const found = new Map();
    window.newscast = (month, titles) => { found.set(month, titles); show(); };
    let asked = false;
    const load = () => {
      if (asked) return;
      asked = true;
      for (const month of months) {
        const script = document.createElement("script");
        script.src = `archive/${month}.js`;
        document.head.append(script);
      }
    };
    const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
    function show() {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      list.replaceChildren();
      told.textContent = "";
      if (!words.length) return;
      const hits = months.flatMap((month) => found.get(month) ?? [])
        .filter(([, title]) => words.every((word) => plain(title).includes(word)));
      for (const [folder, title] of hits.slice(0, 50)) {
        const link = document.createElement("a");
        link.href = `episodes/${encodeURIComponent(folder)}/index.html`;
        link.textContent = title;
        const item = document.createElement("li");
        item.append(`${folder.slice(0, 10)} `, link);
        list.append(item);
      }
      const waiting = found.size < months.length ? " sejauh ini" : "";
      told.textContent = hits.length > 50 ? `${hits.length} judul${waiting}; 50 terbaru:` : `${hits.length} judul${waiting}`;
    }
    input.addEventListener("focus", load);
    input.addEventListener("input", () => { load(); show(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
  }

  for (const button of all("[data-do=copy]")) {
    const box = button.closest(".address");
    button.hidden = false;
    button.addEventListener("click", () => { one("input", box).select(); copy(one("input", box).value, one(".told", box)); });
  }
  const main = one("main[data-here]"), form = one("form.search");
  if (main) player(one("audio", main), main);
  if (form && form.dataset.months) search(form);
})();
