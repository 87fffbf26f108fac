// A losing schedule beside a winning one, stepped through together.

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
  const end = (events) =>
    scene.ends[
      scene.runs.find(
        (run) => run.events.length === events.length && events.every((one) => run.has.has(one)),
      ).end
    ];
  const column = (name, all, events, kind) => {
    const table = stepTable(scene, words[name], go);
    table.reset(events, at, { at, kind });
    tables.push([table, events]);
    const spelled = events.map((number) => scene.events[number].thread).join("");
    return make(
      "section",
      { class: "card" },
      make("h3", {}, words[name], " ", make("span", { class: "letters" }, spelled)),
      verdict(end(all)),
      table.box,
    );
  };
  const goes = (events) =>
    events[at] === undefined ? "–" : label(scene, scene.events[events[at]].thread);
  const box = make(
    "div",
    {},
    make("p", {}, say("together", goes(lost), goes(won))),
    controls.box,
    make(
      "div",
      { class: "side" },
      column("losing", losing, lost, "bad"),
      column("winning", winning, won, "good"),
    ),
    make("footer", { class: "soft" }, words.keys),
  );
  go(at);
  return { box, onKey: controls.onKey };
}
