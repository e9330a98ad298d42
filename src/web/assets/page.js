// What a page can do besides being read: keys, copying, and a record's fields without leaving the text. All of it works without, by links.
"use strict";

const hits = () => [...document.querySelectorAll(".hit")];
const typing = (target) => target.matches("input, select, textarea, [contenteditable]");

function step(by) {
  const all = hits();
  if (all.length === 0) return;
  const now = all.findIndex((hit) => hit.classList.contains("at"));
  const next = Math.min(Math.max(now + by, 0), all.length - 1);
  all.forEach((hit, at) => hit.classList.toggle("at", at === next));
  const link = all[next].querySelector("a.open");
  if (link) link.focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const box = document.querySelector("#q") || document.querySelector("input[type=search]");
  if (event.key === "/" && box) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
});

// A click on a mark shows the record's fields beside the text.
const side = document.querySelector("#side");
async function show(link) {
  const answer = await fetch("/record/" + link.dataset.record.split("/").map(encodeURIComponent).join("/"));
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const record = page.querySelector("#record");
  const old = side.querySelector("#record") || side.querySelector(".card");
  if (old) old.replaceWith(record); else side.prepend(record);
  document.querySelectorAll(".shown").forEach((one) => one.classList.remove("shown"));
  document.querySelectorAll(`a.m[data-record="${CSS.escape(link.dataset.record)}"]`).forEach((one) => one.classList.add("shown"));
  history.replaceState(null, "", link.href);
  ready(side);
  if (side.getBoundingClientRect().top > innerHeight) side.scrollIntoView({ block: "start" });
}
if (side) {
  document.querySelector(".text").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-record]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link).catch(() => location.assign(link.href));
  });
}

function ready(part) {
  part.querySelectorAll("button.copy").forEach((button) => {
    button.hidden = false;
    button.onclick = async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector("pre").textContent);
      button.textContent = "✓";
    };
  });
}
ready(document);

// A form's empty fields stay out of the address, which is what is sent to a colleague.
document.querySelectorAll("form.filters").forEach((form) =>
  form.addEventListener("submit", () => form.querySelectorAll("input, select").forEach((field) => { field.disabled = field.value === ""; })));
