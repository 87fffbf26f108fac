// To look at a schedule, step by step.

// Where each thread stands: the first step of what it does next.
function standingIn(scene, events, position) {
  const standing = new Map();
  for (const number of events.slice(position)) {
    for (const step of stepsOf(scene, number))
      if (!standing.has(step[0])) standing.set(step[0], step);
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
  const time = scene.seconds
    ? timeline(scene, (seconds) => {
        const next = events.findIndex((number) => scene.events[number].time > seconds);
        go(next < 0 ? events.length : next);
      })
    : null;

  function go(position) {
    controls.show(position);
    table.show(position);
    const number = position ? events[position - 1] : null;
    const steps = number === null ? scene.beginning : stepsOf(scene, number);
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

  const box = make(
    "div",
    {},
    scene.runs.length > 1 ? make("div", { class: "bar" }, runPicker(scene, first, choose)) : null,
    controls.box,
    line,
    time?.box ?? null,
    make(
      "div",
      { class: "side" },
      make("section", { class: "card" }, make("h3", {}, words.steps), table.box, result),
      make("section", { class: "card" }, code.box),
    ),
    make("footer", { class: "soft" }, words.keys),
  );
  choose(first);
  return { box, onKey: controls.onKey };
}

// One run of each ending first, then the others.
function runPicker(scene, first, choose) {
  const select = make("select", { onchange: () => choose(Number(select.value)) });
  const seen = new Set();
  const order = scene.runs.map((run, index) => ({ run, index }));
  const leading = order.filter(({ run }) => !seen.has(run.end) && seen.add(run.end));
  for (const { run, index } of [...leading, ...order.filter((one) => !leading.includes(one))]) {
    const end = scene.ends[run.end];
    select.append(
      make(
        "option",
        { value: index, selected: index === first },
        `${sign(end)} ${run.schedule}  ${end.text.split("\n")[0]}`,
      ),
    );
  }
  return make("label", {}, words.which, select);
}
