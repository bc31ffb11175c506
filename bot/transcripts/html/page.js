"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const student = byId("student"), side = byId("side"), shown = byId("shown"), unfold = byId("unfold");
  const sheet = document.styleSheets[0];
  const rounds = [...document.querySelectorAll(".round")];
  let rules = 0;

  const attribute = (name, value) => (value ? `[data-${name}="${CSS.escape(value)}"]` : "");
  const rule = (text) => { sheet.insertRule(text, sheet.cssRules.length); rules += 1; };

  // A rule hides what does not fit: the same work for ten responses as for a hundred thousand.
  function apply() {
    for (; rules > 0; rules -= 1) sheet.deleteRule(sheet.cssRules.length - 1);
    const who = attribute("s", student.value), wanted = who + attribute("v", side.value);
    if (wanted) rule(`.e:not(${wanted}) { display: none }`);
    if (who) rule(`.votes tr[data-s]:not(${who}) { display: none }`);
    let fit = 0, all = 0;
    for (const round of rounds) {
      const here = round.querySelectorAll(".e").length;
      const fitting = wanted ? round.querySelectorAll(".e" + wanted).length : here;
      round.querySelector(".nothing").hidden = here === 0 || fitting > 0;
      all += here;
      fit += fitting;
    }
    shown.textContent = wanted ? `${fit} of ${all} responses shown` : `All ${all} responses shown`;
    document.body.classList.toggle("filtered", wanted !== "");
  }

  const folds = () => document.querySelectorAll("details");
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(open));
    for (const fold of folds()) fold.open = open;
  });

  // Paper cannot be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    const closed = [...folds()].filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
    folded.push(...closed);
  });
  addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
    folded = [];
  });

  student.addEventListener("change", apply);
  side.addEventListener("change", apply);
  byId("filter").hidden = false;
  apply();
})();
