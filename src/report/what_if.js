(() => {
  "use strict";
  const here = location.pathname;
  const one = id => document.getElementById(id);
  const fields = [...document.querySelectorAll("[data-lever]")];
  const sliders = [...document.querySelectorAll("[data-for]")];
  // The number of the last question of this window, the last picture that came, and questions under way.
  let asked = 0, last = null, waiting = null, underway = 0;

  const post = (path, body) => fetch(here + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

  const turns = () => fields
    .filter(field => field.value !== field.dataset.base)
    .map(field => ({ lever: Number(field.dataset.lever), value: field.value }));

  const refuse = text => {
    one("refused").hidden = !text;
    one("refused").textContent = text || "";
  };

  const mark = () => {
    for (const field of fields) {
      field.parentElement.classList.toggle("changed", field.value !== field.dataset.base);
    }
  };

  const ask = async () => {
    waiting = null;
    mark();
    one("tables").setAttribute("aria-busy", "true");
    underway += 1;
    const answer = await post("ask", turns()).catch(() => null);
    underway -= 1;
    if (!answer) return gone();
    if (!answer.ok) return refuse(await answer.text());
    asked = Math.max(asked, (await answer.json()).asked);
    if (last) show(last);
  };

  // What changes quickly is asked for once it rests a moment.
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  };

  for (const slider of sliders) {
    const field = one(slider.dataset.for);
    slider.addEventListener("input", () => {
      field.value = slider.value;
      soon();
    });
    field.addEventListener("input", () => {
      slider.value = field.value;
      soon();
    });
  }
  for (const field of fields.filter(field => field.type === "text")) {
    field.addEventListener("change", soon);
  }
  one("form").addEventListener("submit", event => event.preventDefault());
  one("back").addEventListener("click", () => {
    for (const field of fields) field.value = field.dataset.base;
    for (const slider of sliders) slider.value = one(slider.dataset.for).value;
    soon();
  });

  one("save").addEventListener("click", async () => {
    const answer = await post("save", { name: one("name").value, question: asked }).catch(() => null);
    one("saved").textContent = answer ? await answer.text() : "The program has ended.";
  });

  const gone = () => {
    one("status").textContent = "holdline has ended; start it again to go on.";
  };

  const show = picture => {
    last = picture;
    if (picture.question !== asked) {
      if (picture.question > asked && !underway) {
        one("status").textContent = "Another window asks for other settings; change one here to go on.";
      }
      return;
    }
    refuse(picture.refused);
    one("command").textContent = picture.command;
    one("toml").textContent = picture.toml;
    if (picture.refused) {
      one("status").textContent = "This cannot be played.";
      return;
    }
    const done = picture.played >= picture.asked;
    one("status").textContent = `${picture.progress}${done ? "." : " so far …"}`;
    for (const [id, file] of [["report", "report.html"], ["workbook", "tables.xlsx"]]) {
      if (done) one(id).href = `${here}${file}?question=${picture.question}`;
      else one(id).removeAttribute("href");
    }
    one("said").hidden = false;
    one("said").textContent = `${picture.said}.`;
    one("tables").innerHTML = picture.tables;
    one("charts").innerHTML = picture.charts.map(chart => `<figure class="card">${chart}</figure>`).join("");
    one("tables").removeAttribute("aria-busy");
    document.body.dataset.question = picture.question;
    document.body.dataset.played = picture.played;
  };

  const listen = async () => {
    let version = 0;
    for (;;) {
      try {
        const answer = await fetch(`${here}picture?after=${version}`);
        if (answer.status === 200) {
          const picture = await answer.json();
          version = picture.version;
          show(picture);
        } else if (answer.status !== 204) {
          throw new Error(answer.status);
        }
      } catch {
        gone();
        await new Promise(rest => setTimeout(rest, 2000));
        version = 0;
      }
    }
  };

  // A page that is loaded again begins anew.
  ask().then(listen);
})();
