// The table of steps: one column a thread, one row an event.

function made(scene, letter, lines) {
  const box = make("div", { class: `made ${colour(scene, letter)}` });
  lines.forEach((line, index) => {
    box.append(make("code", {}, line.text));
    if (line.where && line.where !== lines[index + 1]?.where) {
      box.append(make("span", { class: "soft" }, line.where));
    }
  });
  return box;
}

// The cells of one row: what each thread did in it. `idle` is who did nothing to tell of.
function cells(scene, steps, idle = null) {
  const byThread = new Map();
  for (const step of steps) {
    const lines = byThread.get(step[0]) ?? [];
    lines.push({ text: step[1], where: shortPlace(scene, step) });
    byThread.set(step[0], lines);
  }
  if (idle !== null)
    byThread.set(scene.events[idle].thread, [{ text: textOf(scene, idle), where: "" }]);
  return scene.threads.map((thread) => {
    const lines = byThread.get(thread.letter);
    return make("td", {}, lines ? made(scene, thread.letter, lines) : null);
  });
}

// A table of events, one column a thread. `fork` marks the row before which two schedules part.
function stepTable(scene, title, onRow) {
  const timed = scene.kind === "time";
  const body = make("tbody");
  const head = make(
    "tr",
    {},
    make(
      "th",
      { class: "number", scope: "col" },
      make("span", { class: "unseen" }, words.position),
    ),
  );
  for (const thread of scene.threads) {
    head.append(
      make(
        "th",
        { scope: "col" },
        chip(scene, thread.letter),
        make("span", { class: "soft name", title: thread.name || null }, ` ${thread.name}`),
      ),
    );
  }
  const table = make(
    "table",
    { class: "steps" },
    make("caption", { class: "unseen" }, title),
    make("thead", {}, head),
    body,
  );
  table.style.setProperty("--columns", scene.threads.length);
  const box = make(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
    table,
  );
  let rows = [];

  function fill(events, fork = null) {
    table.classList.toggle("long", events.length > 300);
    rows = events.map((number, index) => {
      const button = make(
        "button",
        { type: "button", tabindex: "-1", onclick: () => onRow(index + 1) },
        `${index + 1}`,
      );
      const time = timed
        ? make("span", { class: "at" }, `${shortTime(scene.events[number].time)} s`)
        : null;
      const row = make("tr", {}, make("th", { class: "number", scope: "row" }, button, time));
      const steps = stepsOf(scene, number);
      row.append(...cells(scene, steps, steps.length ? null : number));
      return row;
    });
    const beginning = cells(scene, scene.beginning);
    body.replaceChildren(
      ...(scene.beginning.length
        ? [make("tr", {}, make("th", { class: "number", scope: "row" }, words.begin), ...beginning)]
        : []),
      ...rows,
    );
    if (fork !== null) {
      const span = scene.threads.length + 1;
      const mark = make(
        "tr",
        { class: `fork ${fork.kind}` },
        make("td", { colspan: span }, `▼ ${words.part}`),
      );
      rows[fork.at] ? rows[fork.at].before(mark) : body.append(mark);
    }
  }

  // Rows of a long table have their real height only once they are in sight, and then push others out of it.
  function follow(row, frames = 4) {
    keepInView(box, row);
    if (!row || frames === 0) return;
    requestAnimationFrame(() => {
      if (row.hasAttribute("aria-current")) follow(row, frames - 1);
    });
  }

  let shown = 0;
  function show(position) {
    rows[shown - 1]?.removeAttribute("aria-current");
    const [from, to] = [Math.min(shown, position), Math.max(shown, position)];
    rows.slice(Math.max(0, from - 1), to).forEach((row, index) => {
      row.classList.toggle("later", Math.max(0, from - 1) + index >= position);
    });
    shown = position;
    const row = rows[position - 1];
    row?.setAttribute("aria-current", "step");
    follow(row);
    const cell = row?.querySelector(".made")?.parentElement;
    if (cell) box.scrollLeft = Math.max(0, cell.offsetLeft + cell.offsetWidth - box.clientWidth);
  }

  function reset(events, position, fork = null) {
    fill(events, fork);
    rows.forEach((row) => row.classList.add("later"));
    shown = 0;
    rows.slice(0, position).forEach((row) => row.classList.remove("later"));
    shown = position;
    show(position);
  }
  return { box, reset, show };
}
