// Parts of the page. Text of the student's program goes in as text nodes only, never as HTML.

const { words, scenes } = JSON.parse(document.getElementById("data").textContent);

function say(name, ...values) {
  return values.reduce((text, value) => text.replace("{}", () => value), words[name]);
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function colour(scene, letter) {
  if (letter === "m" || !scene.columns.has(letter)) return "thread";
  const first = scene.threads[0].letter === "m" ? 1 : 0;
  return `thread c${(scene.columns.get(letter) - first) % 6}`;
}

function label(scene, letter) {
  return letter === "m" ? words.main : letter;
}

function chip(scene, letter) {
  return make("span", { class: `chip ${colour(scene, letter)}` }, label(scene, letter));
}

function place(scene, step) {
  return step[3] ? `${scene.files[step[2]].name}:${step[3]}` : "";
}

// Short, for a narrow column: of the student's own file the line alone.
function shortPlace(scene, step) {
  return step[2] === 0 && step[3] ? say("line", step[3]) : place(scene, step);
}

function stepsOf(scene, number) {
  return scene.events[number].steps.filter((step) => scene.columns.has(step[0]));
}

function textOf(scene, number) {
  const steps = stepsOf(scene, number);
  if (steps.length) return steps.map((step) => step[1]).join(", ");
  return scene.goesOn.has(number) ? words.moves_on : words.goes_on;
}

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
  if (idle !== null) byThread.set(scene.events[idle].thread, [{ text: textOf(scene, idle), where: "" }]);
  return scene.threads.map((thread) => {
    const lines = byThread.get(thread.letter);
    return make("td", {}, lines ? made(scene, thread.letter, lines) : null);
  });
}

// A table of events, one column a thread. `fork` marks the row before which two schedules part.
function stepTable(scene, title, onRow) {
  const timed = scene.kind === "time";
  const body = make("tbody");
  const head = make("tr", {}, make("th", { class: "number", scope: "col" }, make("span", { class: "unseen" }, words.position)));
  for (const thread of scene.threads) {
    head.append(make("th", { scope: "col" }, chip(scene, thread.letter), make("span", { class: "soft name", title: thread.name || null }, ` ${thread.name}`)));
  }
  const table = make("table", { class: "steps" }, make("caption", { class: "unseen" }, title), make("thead", {}, head), body);
  table.style.setProperty("--columns", scene.threads.length);
  const box = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, table);
  let rows = [];

  function fill(events, fork = null) {
    rows = events.map((number, index) => {
      const button = make("button", { type: "button", tabindex: "-1", onclick: () => onRow(index + 1) }, `${index + 1}`);
      const time = timed ? make("span", { class: "at" }, `${shortTime(scene.events[number].time)} s`) : null;
      const row = make("tr", {}, make("th", { class: "number", scope: "row" }, button, time));
      const steps = stepsOf(scene, number);
      row.append(...cells(scene, steps, steps.length ? null : number));
      return row;
    });
    const beginning = cells(scene, scene.beginning);
    body.replaceChildren(...(scene.beginning.length ? [make("tr", {}, make("th", { class: "number", scope: "row" }, words.begin), ...beginning)] : []), ...rows);
    if (fork !== null) {
      const span = scene.threads.length + 1;
      const mark = make("tr", { class: `fork ${fork.kind}` }, make("td", { colspan: span }, `▼ ${words.part}`));
      rows[fork.at] ? rows[fork.at].before(mark) : body.append(mark);
    }
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
    keepInView(box, row);
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

function keepInView(box, element) {
  if (!element) {
    box.scrollTop = 0;
    return;
  }
  const [inside, outside] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inside.top < outside.top + 44) box.scrollTop -= outside.top + 44 - inside.top;
  if (inside.bottom > outside.bottom - 8) box.scrollTop += inside.bottom - outside.bottom + 8;
}

function shortTime(seconds) {
  return `${Number(seconds.toPrecision(6))}`;
}

// The code, with the line of the step just made and the line where each thread stands.
function codePanel(scene) {
  const lines = new Map();
  const box = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": words.code });
  scene.files.forEach((file, index) => {
    const list = make("ol", { class: "code" });
    let before = null;
    for (const [number, text] of file.lines) {
      if (before !== null && number !== before + 1) list.append(make("li", { class: "gap" }, "⋯"));
      before = number;
      const marks = make("span", { class: "marks" });
      const line = make("li", {}, marks, make("span", { class: "no" }, `${number}`), make("code", {}, text || " "));
      lines.set(`${index}:${number}`, { line, marks });
      list.append(line);
    }
    box.append(make("div", { class: "file" }, make("h3", { class: "mono" }, file.name), list));
  });
  let touched = [];

  function show(current, standing) {
    for (const { line, marks } of touched) {
      line.className = "";
      marks.replaceChildren();
    }
    touched = [];
    for (const [letter, step] of standing) {
      const found = lines.get(`${step[2]}:${step[3]}`);
      if (!found) continue;
      const mark = chip(scene, letter);
      mark.title = say("here", label(scene, letter));
      found.marks.append(mark, make("span", { class: "unseen" }, mark.title));
      touched.push(found);
    }
    for (const step of current) {
      const found = lines.get(`${step[2]}:${step[3]}`);
      if (!found) continue;
      found.line.className = colour(scene, step[0]);
      touched.push(found);
    }
    const last = current.length ? lines.get(`${current.at(-1)[2]}:${current.at(-1)[3]}`) : null;
    if (last) keepInView(box, last.line);
  }
  return { box, show };
}
