// To be the scheduler.

function chooseView(scene, found) {
  let picked = [];
  const choices = make("div", { class: "choices", role: "group", "aria-label": words.who });
  const result = make("div", { "aria-live": "assertive" });
  const line = make("p", { class: "say", "aria-live": "polite" });
  const letters = make("span", { class: "letters" });
  const ends = make("ul", { class: "ends" });
  const count = make("h3");
  const table = stepTable(scene, words.steps, (step) => {
    picked = picked.slice(0, step);
    update();
  });
  const code = codePanel(scene);

  function choice(number) {
    const event = scene.events[number];
    const step = stepsOf(scene, number)[0];
    return make(
      "button",
      {
        type: "button",
        class: `choice ${colour(scene, event.thread)}`,
        "data-thread": event.thread,
        onclick: () => take(number),
      },
      chip(scene, event.thread),
      " ",
      make("strong", {}, say("goes", label(scene, event.thread))),
      make("span", { class: "line" }, make("code", {}, say("next", briefly(number)))),
      make("span", { class: "soft mono" }, step ? place(scene, step) : ""),
    );
  }

  // Of a search that was cut off nobody knows whether a thread must wait.
  function idle(letter, taken) {
    const number = pending(scene, taken, letter);
    const text =
      number === null
        ? say("ended", label(scene, letter))
        : say(scene.isComplete ? "waits" : "untried", label(scene, letter), briefly(number));
    return make(
      "div",
      { class: `choice idle ${colour(scene, letter)}` },
      chip(scene, letter),
      " ",
      text,
    );
  }

  function briefly(number) {
    const step = stepsOf(scene, number)[0];
    return step ? (step[4] ?? step[1]) : textOf(scene, number);
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
    const standing = new Map(
      next
        .filter((number) => stepsOf(scene, number).length)
        .map((number) => [scene.events[number].thread, stepsOf(scene, number)[0]]),
    );
    code.show(last === undefined ? [] : stepsOf(scene, last), standing);
    line.replaceChildren(...(last === undefined ? [words.who_hint] : sentence(scene, last)));
    count.textContent = say("found", found.size, scene.ends.length);
    ends.replaceChildren(
      ...scene.ends.map((one, index) =>
        make(
          "li",
          { class: `${one.good === false ? "bad" : ""} ${found.has(index) ? "" : "hidden"}` },
          make(
            "span",
            {},
            `${sign(one)} ${found.has(index) ? words[one.good === false ? "bad" : "good"] : words.hidden}`,
          ),
          found.has(index) && one.text ? make("pre", {}, one.text) : null,
        ),
      ),
    );
  }

  const back = () => {
    picked = picked.slice(0, -1);
    update();
  };
  const again = () => {
    picked = [];
    update();
  };
  const question = make("h3", {}, words.who);
  const box = make(
    "div",
    {},
    question,
    line,
    choices,
    result,
    make(
      "div",
      { class: "bar" },
      make("button", { type: "button", class: "wide back", onclick: back }, `‹ ${words.take_back}`),
      make("button", { type: "button", class: "wide again", onclick: again }, words.again),
      make("span", {}, `${words.schedule}: `, letters),
    ),
    make(
      "div",
      { class: "side" },
      make("section", { class: "card" }, make("h3", {}, words.steps), table.box, count, ends),
      make("section", { class: "card" }, code.box),
    ),
  );
  update();
  function onKey(key) {
    if (key === "ArrowLeft") back();
    else if (key === "Home") again();
    else {
      const number = available(scene, takenBy(scene, picked)).find(
        (one) => scene.events[one].thread.toLowerCase() === key.toLowerCase(),
      );
      if (number === undefined) return false;
      take(number);
    }
    return true;
  }
  return { box, onKey };
}
