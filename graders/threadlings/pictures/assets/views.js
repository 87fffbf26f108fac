// The three ways to look at a program. A view has an element, and answers to keys.

function button(name, text, onclick) {
  return make("button", { type: "button", "aria-label": words[name], title: words[name], onclick }, text);
}

function player(count, go) {
  const slider = make("input", { type: "range", min: 0, step: 1, "aria-label": words.position, oninput: () => go(Number(slider.value)) });
  const text = make("span", { class: "count" });
  let position = 0;
  const to = (step) => go(Math.max(0, Math.min(count(), step)));
  const box = make("div", { class: "bar" }, button("first", "«", () => to(0)), button("back", "‹", () => to(position - 1)), slider, button("forward", "›", () => to(position + 1)), button("last", "»", () => to(count())), text);
  function show(step) {
    position = step;
    slider.max = count();
    slider.value = step;
    slider.setAttribute("aria-valuetext", say("of", step, count()));
    text.textContent = say("of", step, count());
  }
  function onKey(key) {
    const moves = { ArrowLeft: position - 1, ArrowRight: position + 1, Home: 0, End: count() };
    if (!(key in moves)) return false;
    to(moves[key]);
    return true;
  }
  return { box, show, onKey };
}

function verdict(end, good = "won", bad = "lost") {
  const name = end.good === null ? "cut" : end.good ? good : bad;
  return make("div", { class: `verdict ${end.good === false ? "bad" : ""}` }, make("strong", {}, words[name]), end.text ? make("pre", {}, end.text) : null);
}

// Where each thread stands: the first step of what it does next.
function standingIn(scene, events, position) {
  const standing = new Map();
  for (const number of events.slice(position)) {
    for (const step of stepsOf(scene, number)) if (!standing.has(step[0])) standing.set(step[0], step);
    if (standing.size === scene.threads.length) break;
  }
  return new Map([...standing].sort());
}

function watchView(scene, first) {
  let events = [];
  let end = null;
  const result = make("div");
  const line = make("p", { class: "say", "aria-live": "polite" });
  const table = stepTable(scene, words.steps, (step) => go(step));
  const code = codePanel(scene);
  const controls = player(() => events.length, go);
  const time = scene.seconds ? timeline(scene, (seconds) => {
    const next = events.findIndex((number) => scene.events[number].time > seconds);
    go(next < 0 ? events.length : next);
  }) : null;

  function go(position) {
    controls.show(position);
    table.show(position);
    const number = position ? events[position - 1] : null;
    const steps = number === null ? [] : stepsOf(scene, number);
    code.show(steps, standingIn(scene, events, position));
    line.replaceChildren(...(number === null ? [words.start] : sentence(scene, number)));
    time?.show(number === null ? 0 : scene.events[number].time);
    result.replaceChildren(...(position === events.length ? [verdict(end)] : []));
  }

  function choose(index) {
    const run = scene.runs[index];
    events = run.events.filter((number) => isShown(scene, number));
    end = scene.ends[run.end];
    table.reset(events, 0);
    go(0);
  }

  const box = make("div", {}, scene.runs.length > 1 ? make("div", { class: "bar" }, runPicker(scene, first, choose)) : null, controls.box, line, time?.box ?? null,
    make("div", { class: "side" }, make("section", { class: "card" }, make("h3", {}, words.steps), table.box, result), make("section", { class: "card" }, code.box)),
    make("footer", { class: "soft" }, words.keys));
  choose(first);
  return { box, onKey: controls.onKey };
}

function sentence(scene, number) {
  const steps = stepsOf(scene, number);
  const where = steps.length ? place(scene, steps.at(-1)) : "";
  return [chip(scene, scene.events[number].thread), " ", make("code", {}, textOf(scene, number)), make("span", { class: "soft" }, where ? `  ${where}` : "")];
}

function sign(end) {
  return end.good === false ? "✗" : end.good ? "✓" : "…";
}

// One run of each ending first, then the others.
function runPicker(scene, first, choose) {
  const select = make("select", { onchange: () => choose(Number(select.value)) });
  const seen = new Set();
  const order = scene.runs.map((run, index) => ({ run, index }));
  const leading = order.filter(({ run }) => !seen.has(run.end) && seen.add(run.end));
  for (const { run, index } of [...leading, ...order.filter((one) => !leading.includes(one))]) {
    const end = scene.ends[run.end];
    select.append(make("option", { value: index, selected: index === first }, `${sign(end)} ${run.schedule}  ${end.text.split("\n")[0]}`));
  }
  return make("label", {}, words.which, select);
}

function chooseView(scene, found) {
  let picked = [];
  const choices = make("div", { class: "choices", role: "group", "aria-label": words.who });
  const result = make("div", { "aria-live": "assertive" });
  const line = make("p", { class: "say", "aria-live": "polite" });
  const letters = make("span", { class: "letters" });
  const ends = make("ul", { class: "ends" });
  const count = make("h3");
  const table = stepTable(scene, words.steps, (step) => { picked = picked.slice(0, step); update(); });
  const code = codePanel(scene);

  function choice(number) {
    const event = scene.events[number];
    const step = stepsOf(scene, number)[0];
    return make("button", { type: "button", class: `choice ${colour(scene, event.thread)}`, "data-thread": event.thread, onclick: () => take(number) },
      chip(scene, event.thread), " ", make("strong", {}, say("goes", label(scene, event.thread))),
      make("span", { class: "line" }, make("code", {}, say("next", briefly(number)))),
      make("span", { class: "soft mono" }, step ? place(scene, step) : ""));
  }

  function idle(letter, taken) {
    const number = pending(scene, taken, letter);
    const text = number === null ? say("ended", label(scene, letter)) : say("waits", label(scene, letter), briefly(number));
    return make("div", { class: `choice idle ${colour(scene, letter)}` }, chip(scene, letter), " ", text);
  }

  function briefly(number) {
    const step = stepsOf(scene, number)[0];
    return step ? step[4] ?? step[1] : textOf(scene, number);
  }

  function take(number) {
    picked = [...picked, number];
    update();
    (choices.querySelector("button") ?? box.querySelector(".again")).focus();
  }

  function update() {
    const taken = takenBy(scene, picked);
    const next = available(scene, taken);
    const end = endAfter(scene, picked);
    const cards = scene.threads.flatMap((thread) => {
      const own = next.filter((number) => scene.events[number].thread === thread.letter);
      return own.length ? own.map(choice) : [idle(thread.letter, taken)];
    });
    choices.replaceChildren(...(end === null ? cards : []));
    question.hidden = end !== null;
    if (end !== null) found.add(end);
    result.replaceChildren(...(end === null ? [] : [verdict(scene.ends[end], "held", "broke")]));
    letters.textContent = picked.map((number) => scene.events[number].thread).join("") || "–";
    table.reset(picked, picked.length);
    const last = picked.at(-1);
    const standing = new Map(next.filter((number) => stepsOf(scene, number).length).map((number) => [scene.events[number].thread, stepsOf(scene, number)[0]]));
    code.show(last === undefined ? [] : stepsOf(scene, last), standing);
    line.replaceChildren(...(last === undefined ? [words.who_hint] : sentence(scene, last)));
    count.textContent = say("found", found.size, scene.ends.length);
    ends.replaceChildren(...scene.ends.map((one, index) => make("li", { class: `${one.good === false ? "bad" : ""} ${found.has(index) ? "" : "hidden"}` },
      make("span", {}, `${sign(one)} ${found.has(index) ? words[one.good === false ? "bad" : "good"] : words.hidden}`), found.has(index) && one.text ? make("pre", {}, one.text) : null)));
  }

  const back = () => { picked = picked.slice(0, -1); update(); };
  const again = () => { picked = []; update(); };
  const question = make("h3", {}, words.who);
  const box = make("div", {}, question, line, choices, result,
    make("div", { class: "bar" }, make("button", { type: "button", class: "wide back", onclick: back }, `‹ ${words.take_back}`), make("button", { type: "button", class: "wide again", onclick: again }, words.again), make("span", {}, `${words.schedule}: `, letters)),
    make("div", { class: "side" }, make("section", { class: "card" }, make("h3", {}, words.steps), table.box, count, ends), make("section", { class: "card" }, code.box)));
  update();
  function onKey(key) {
    if (key === "ArrowLeft") back();
    else if (key === "Home") again();
    else {
      const number = available(scene, takenBy(scene, picked)).find((one) => scene.events[one].thread.toLowerCase() === key.toLowerCase());
      if (number === undefined) return false;
      take(number);
    }
    return true;
  }
  return { box, onKey };
}

function compareView(scene) {
  const { losing, winning, alike } = scene.fork;
  const shown = (events) => events.filter((number) => isShown(scene, number));
  const [lost, won] = [shown(losing), shown(winning)];
  const at = shown(losing.slice(0, alike)).length;
  const tables = [];
  const controls = player(() => Math.max(lost.length, won.length), go);
  function go(position) {
    controls.show(position);
    tables.forEach(([table, events]) => table.show(Math.min(position, events.length)));
  }
  const end = (events) => scene.ends[scene.runs.find((run) => run.events.length === events.length && events.every((one) => run.has.has(one))).end];
  const column = (name, all, events, kind) => {
    const table = stepTable(scene, words[name], go);
    table.reset(events, at, { at, kind });
    tables.push([table, events]);
    const spelled = events.map((number) => scene.events[number].thread).join("");
    return make("section", { class: "card" }, make("h3", {}, words[name], " ", make("span", { class: "letters" }, spelled)), verdict(end(all)), table.box);
  };
  const goes = (events) => events[at] === undefined ? "–" : label(scene, scene.events[events[at]].thread);
  const box = make("div", {}, make("p", {}, say("together", goes(lost), goes(won))), controls.box, make("div", { class: "side" }, column("losing", losing, lost, "bad"), column("winning", winning, won, "good")), make("footer", { class: "soft" }, words.keys));
  go(at);
  return { box, onKey: controls.onKey };
}
