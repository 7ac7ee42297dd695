// Without it the page is whole; with it the transcript follows the voice, and a click goes there.
const audio = document.querySelector("audio");
const cues = [...document.querySelectorAll("[data-end]")];
document.body.classList.add("live");
document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-start]");
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection())) return;
  event.preventDefault();
  audio.currentTime = Number(target.dataset.start);
  audio.play();
});
audio.addEventListener("timeupdate", () => {
  const now = audio.currentTime + 0.05;
  for (const cue of cues) cue.classList.toggle("now", cue.dataset.start <= now && now < cue.dataset.end);
});
