"use strict";
(() => {
  const table = document.getElementById("class"), body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells], rows = [...body.rows];
  const [find, show, lost, named, shown] = ["find", "show", "lost", "named", "shown"].map((id) => document.getElementById(id));
  const text = (row, i) => row.cells[i].textContent.trim();
  const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Map(rows.map((row) => [row, plain([0, 1, 2, row.cells.length - 1].map((i) => text(row, i)).join(" "))]));
  const FIRST = 4; // columns before those of the questions

  function filter() {
    const wanted = plain(find.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const cell = row.cells[3].classList, question = lost.value && row.cells[FIRST + Number(lost.value)].classList;
      const kind = { "": true, full: cell.contains("full"), lost: cell.contains("part") || cell.contains("none"),
        person: "p" in row.dataset, remark: row.cells[row.cells.length - 1].textContent !== "" }[show.value];
      const fits = kind && (!question || question.contains("part") || question.contains("none")) &&
        (!named.value || row.dataset.m.split(" ").includes(named.value)) && wanted.every((word) => words.get(row).includes(word));
      row.hidden = !fits;
      count += fits;
    }
    shown.textContent = count === rows.length ? `${count} students` : `${count} of ${rows.length} students`;
  }

  function sort(head, i) {
    const numeric = head.classList.contains("n");
    const up = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "descending" : !numeric;
    const compare = new Intl.Collator(undefined, { numeric: true }).compare;
    const value = (row) => (numeric ? parseFloat(text(row, i)) : text(row, i));
    const keys = new Map(rows.map((row) => [row, value(row)]));
    const empty = (key) => key === "" || Number.isNaN(key);
    rows.sort((a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      if (empty(x) || empty(y)) return empty(x) - empty(y); // rows without a value stay at the end
      return (numeric ? x - y : compare(x, y)) * (up ? 1 : -1);
    });
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    body.append(...rows);
  }

  heads.forEach((head, i) => head.querySelector("button").addEventListener("click", () => sort(head, i)));
  for (const control of [find, show, lost, named]) control.addEventListener("input", filter);
  find.form.addEventListener("submit", (event) => event.preventDefault());
  find.form.addEventListener("reset", () => setTimeout(filter));
  for (const button of document.querySelectorAll("[data-mistake]")) {
    button.addEventListener("click", () => {
      find.form.reset();
      named.value = button.dataset.mistake;
      setTimeout(() => { filter(); document.getElementById("students").scrollIntoView(); named.focus(); });
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { event.preventDefault(); find.focus(); }
  });
  filter(); // a browser may have kept what was typed before
})();
