// Threads over virtual time: one lane a thread, bars for sleeping and waiting, ticks for steps.

function timeline(scene, onTime) {
  const end = scene.seconds || 1;
  const at = (seconds) => `${(100 * seconds) / end}%`;
  const lanes = scene.threads.map((thread) => {
    const lane = make(
      "div",
      { class: `lane ${colour(scene, thread.letter)}` },
      make("span", { class: "who", title: thread.name || null }, label(scene, thread.letter)),
    );
    const life = scene.lives.find((one) => one.thread === thread.letter);
    const line = make("i");
    line.style.left = at(life.from);
    line.style.width = at((life.to ?? end) - life.from);
    lane.append(line);
    for (const span of scene.spans.filter((one) => one.thread === thread.letter))
      lane.append(bar(span, at));
    let before = -1;
    for (const event of scene.events) {
      if (event.thread !== thread.letter || event.time === before) continue;
      before = event.time;
      const tick = make("s");
      tick.style.left = at(event.time);
      lane.append(tick);
    }
    return lane;
  });
  const clock = make("div", { class: "clock" });
  for (const seconds of ticksTo(end)) {
    const mark = make("span", {}, shortTime(seconds));
    mark.style.left = at(seconds);
    clock.append(mark);
  }
  const hand = make("div", { class: "hand" });
  const picture = make(
    "div",
    { class: "lanes", role: "img", "aria-label": `${words.timeline}: ${words.bars}` },
    ...lanes,
    clock,
    make("div", { class: "hands" }, hand),
  );
  picture.addEventListener("click", (click) => {
    const area = clock.getBoundingClientRect();
    onTime(((click.clientX - area.left) / area.width) * end);
  });
  const key = make(
    "p",
    { class: "key" },
    make("span", { class: "step" }, words.step),
    make("span", { class: "running" }, words.running),
    make("span", { class: "sleeping" }, words.sleeping),
    make("span", { class: "waiting" }, words.waiting),
    words.seconds,
  );
  return {
    box: make("section", { class: "card", "aria-label": words.timeline }, picture, key),
    show: (seconds) => {
      hand.style.left = at(seconds);
    },
  };
}

function bar(span, at) {
  const text = span.what ? `${words[span.state]} ${say("for", span.what)}` : words[span.state];
  const told = `${text}, ${shortTime(span.from)}–${shortTime(span.to)} s`;
  const box = make(
    "b",
    { class: span.state, title: told },
    make("span", {}, span.what || words[span.state]),
  );
  box.style.left = at(span.from);
  box.style.width = at(span.to - span.from);
  return box;
}

function ticksTo(end) {
  const rough = end / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const ticks = [];
  for (let count = 0; count * step <= end * 1.0001; count += 1) ticks.push(count * step);
  return ticks;
}
