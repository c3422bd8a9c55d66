addEventListener("DOMContentLoaded", () => {
  "use strict";
  const UNITS = { "%": 1, s: 1, min: 60, m: 60, h: 3600, d: 86400 };
  const DAY = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b/;

  /* What a cell says first, as a number: `✗ 4.2 %`, `26,614`, `−3.4 s`, `4:03`, `1h30m`, `3 of 5`; nothing where nothing was
     observed. Rows of time are in the order in which they were written. */
  const amount = (cell, written) => {
    const text = (cell.firstChild ? cell.firstChild.textContent : "").replace(/^[✗✓ ]+/, "").replace(/,/g, "").trim();
    if (DAY.test(text)) return written;
    const timed = /^([−-]?)(\d+):(\d\d(?:\.\d+)?)(?: min)?$/.exec(text);
    if (timed) return (timed[1] ? -1 : 1) * (timed[2] * 60 + Number(timed[3]));
    const one = /^([−-]?)(\d+(?:\.\d+)?)(?: (%|s|min|h|d))?(?: of \d+)?$/.exec(text);
    if (one) return (one[1] ? -1 : 1) * one[2] * (UNITS[one[3]] || 1);
    if (!/^(?:\d+(?:\.\d+)?[smhd])+$/.test(text)) return null;
    return [...text.matchAll(/([\d.]+)([smhd])/g)].reduce((sum, part) => sum + part[1] * UNITS[part[2]], 0);
  };

  const order = (rows, column, direction) => {
    const amounts = new Map(rows.map((row, written) => [row, amount(row.cells[column], written)]));
    const numbers = rows.some(row => amounts.get(row) !== null);
    return [...rows].sort((one, other) => {
      if (!numbers) {
        return direction * one.cells[column].textContent.localeCompare(other.cells[column].textContent, "en");
      }
      const [a, b] = [amounts.get(one), amounts.get(other)];
      /* What has no value stays last, whichever way. */
      if (a === null || b === null) return (a === null) - (b === null);
      return direction * (a - b);
    });
  };

  for (const table of document.querySelectorAll("table")) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const written = [...body.rows];
    const sums = written.filter(row => row.classList.contains("sum"));
    const rows = written.filter(row => !sums.includes(row));
    if (rows.length < 2) continue;
    /* Above a long table a field leaves the rows that have all its words. */
    if (rows.length > 12) {
      const label = document.createElement("label");
      const field = document.createElement("input");
      const count = document.createElement("output");
      field.type = "search";
      label.className = "filter";
      label.append("Show rows with ", field, " ", count);
      const holder = table.closest(".card") || table;
      holder.before(label);
      field.addEventListener("input", () => {
        const words = field.value.toLowerCase().split(/\s+/).filter(word => word);
        const kept = rows.filter(row => {
          const text = row.textContent.replace(/\u200b/g, "").toLowerCase();
          row.hidden = !words.every(word => text.includes(word));
          return !row.hidden;
        });
        sums.forEach(row => { row.hidden = words.length > 0; });
        count.textContent = words.length > 0 ? `${kept.length} of ${rows.length}` : "";
      });
    }
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { none: "ascending", ascending: "descending", descending: "none" };
        const way = next[head.getAttribute("aria-sort") || "none"];
        heads.forEach(other => other.removeAttribute("aria-sort"));
        if (way === "none") return body.append(...written);
        head.setAttribute("aria-sort", way);
        body.append(...order(rows, column, way === "ascending" ? 1 : -1), ...sums);
      });
    });
  }
});
