"use strict";
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const numeric = /^-?\d+(\.\d+)?$/;
  for (const box of document.querySelectorAll(".sortable")) table(box);
  const shown = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const body = id && document.getElementById(id);
    if (body && body.tagName === "TBODY") {
      body.hidden = false;
      turn(body, true);
      body.scrollIntoView({block: "center"});
      body.querySelector(".open").focus({preventScroll: true});
    }
  };
  addEventListener("hashchange", shown);
  shown();

  function turn(body, open) {
    body.classList.toggle("closed", !open);
    body.querySelector(".open").setAttribute("aria-expanded", String(open));
  }

  function table(box) {
    const form = box.querySelector("form");
    const whole = box.querySelector("table");
    const count = box.querySelector(".count");
    const heads = [...whole.tHead.rows[0].cells];
    const bodies = [...whole.tBodies];
    const name = (cell) => cell.textContent.trim();
    const control = (kind) => form.querySelector(`[data-for="${kind}"]`);
    const words = new Map(bodies.map((b) => [b, b.textContent.toLowerCase()]));
    const gravity = ["contradicted", "borderline", "depends", "unverifiable", "note", "supported"];
    bodies.forEach((b) => turn(b, false));
    // narrow windows show rows as cards; named by roles, they stay a table to those who listen
    const roles = {TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell"};
    for (const e of [whole, ...whole.querySelectorAll("thead, tbody, tr, th, td")]) {
      e.setAttribute("role", roles[e.tagName] || (e.scope === "col" ? "columnheader" : "rowheader"));
    }

    whole.addEventListener("click", (event) => {
      const opener = event.target.closest(".open");
      if (opener) {
        const body = opener.closest("tbody");
        turn(body, body.classList.contains("closed"));
        return;
      }
      const sorter = event.target.closest(".sort");
      if (sorter) {
        const head = sorter.closest("th");
        order(name(head), head.getAttribute("aria-sort") === "ascending");
      }
    });

    const all = form.querySelector(".all");
    all.addEventListener("click", () => {
      const open = all.getAttribute("aria-pressed") !== "true";
      bodies.forEach((b) => turn(b, open));
      all.setAttribute("aria-pressed", String(open));
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      if (event.target === control("sort")) order(control("sort").value, false);
      else filter();
    });
    form.addEventListener("reset", () => setTimeout(() => { order("As printed", false); filter(); }));
    filter();

    function filter() {
      const text = control("text").value.trim().toLowerCase();
      const asked = ["status", "verdict"].map((kind) => [kind, control(kind).value]);
      const section = control("section");
      let left = 0;
      for (const body of bodies) {
        const fits = (!text || text.split(/\s+/).every((w) => words.get(body).includes(w)))
          && asked.every(([kind, value]) => !value || (body.dataset[kind] || "").split(" ").includes(value))
          && (!section || !section.value || body.dataset.section === section.value);
        body.hidden = !fits;
        if (fits) left += 1;
      }
      count.textContent = `${left} of ${bodies.length} rows`;
    }

    function key(body, column) {
      if (column === "As printed") return Number(body.dataset.n);
      if (column === "Verdict") {
        const found = (body.dataset.verdict || "").split(" ").map((v) => gravity.indexOf(v)).filter((i) => i >= 0);
        return found.length ? Math.min(...found) : "";
      }
      const cell = body.rows[0].cells[heads.findIndex((h) => name(h) === column)];
      const value = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent.replace(/\s+/g, " ").trim();
      return numeric.test(value) ? Number(value) : value;
    }

    function order(column, down) {
      const keys = new Map(bodies.map((b) => [b, key(b, column)]));
      const sign = down ? -1 : 1;
      const sorted = [...bodies].sort((a, b) => {
        const x = keys.get(a), y = keys.get(b);
        if (x === "" || y === "") return (x === "") - (y === "");
        const both = typeof x === "number" && typeof y === "number";
        const diff = both ? x - y : typeof x === "number" ? -1 : typeof y === "number" ? 1
          : x.localeCompare(y, "en-GB", {numeric: true});
        return sign * diff || Number(a.dataset.n) - Number(b.dataset.n);
      });
      whole.append(...sorted);
      for (const head of heads) {
        if (name(head) === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      }
      control("sort").value = column;
    }
  }
});
