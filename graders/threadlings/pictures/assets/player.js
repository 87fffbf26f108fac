// What the views share: the buttons to step with, how a run ended, a step in a sentence.

function button(name, text, onclick) {
  return make(
    "button",
    { type: "button", "aria-label": words[name], title: words[name], onclick },
    text,
  );
}

function player(count, go) {
  const slider = make("input", {
    type: "range",
    min: 0,
    step: 1,
    "aria-label": words.position,
    oninput: () => go(Number(slider.value)),
  });
  const text = make("span", { class: "count" });
  let position = 0;
  const to = (step) => go(Math.max(0, Math.min(count(), step)));
  const box = make(
    "div",
    { class: "bar" },
    button("first", "«", () => to(0)),
    button("back", "‹", () => to(position - 1)),
    slider,
    button("forward", "›", () => to(position + 1)),
    button("last", "»", () => to(count())),
    text,
  );
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
  return make(
    "div",
    { class: `verdict ${end.good === false ? "bad" : ""}` },
    make("strong", {}, words[name]),
    end.text ? make("pre", {}, end.text) : null,
  );
}

function sentence(scene, number) {
  const steps = stepsOf(scene, number);
  const where = steps.length ? place(scene, steps.at(-1)) : "";
  return [
    chip(scene, scene.events[number].thread),
    " ",
    make("code", {}, textOf(scene, number)),
    make("span", { class: "soft" }, where ? `  ${where}` : ""),
  ];
}

function sign(end) {
  return end.good === false ? "✗" : end.good ? "✓" : "…";
}
