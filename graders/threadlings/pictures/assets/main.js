// The page: a list of programs, and of each program its views.

let view = null;

function firstToWatch(scene) {
  const bad = scene.runs.findIndex((run) => scene.ends[run.end].good === false);
  return Math.max(0, bad);
}

function viewsOf(scene) {
  if (scene.kind !== "search") return [["watch", () => watchView(scene, 0)]];
  const found = new Set();
  const views = [
    ["watch", () => watchView(scene, firstToWatch(scene))],
    ["choose", () => chooseView(scene, found)],
  ];
  if (scene.fork) views.push(["compare", () => compareView(scene)]);
  return views;
}

function showScene(scene) {
  const stage = document.getElementById("stage");
  const heading = [make("h2", {}, scene.title), make("p", { class: "soft lines" }, scene.summary)];
  view = null;
  if (scene.kind === "text") {
    stage.replaceChildren(...heading);
    return;
  }
  const views = viewsOf(prepare(scene));
  const place = make("div");
  const buttons = views.map(([name, open]) =>
    make(
      "button",
      { type: "button", "data-view": name, onclick: () => choose(name, open) },
      words[name],
    ),
  );
  function choose(name, open) {
    for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.view === name));
    view = open();
    place.replaceChildren(view.box);
  }
  stage.replaceChildren(
    ...heading,
    ...(views.length > 1
      ? [make("div", { class: "views", role: "group", "aria-label": words.views }, ...buttons)]
      : []),
    place,
  );
  choose(...views[0]);
}

function showChosen() {
  const number = Math.min(scenes.length, Math.max(1, Number(location.hash.slice(2)) || 1));
  const links = scenes.map((scene, index) =>
    make(
      "a",
      { href: `#p${index + 1}`, "aria-current": index + 1 === number ? "page" : null },
      scene.title,
    ),
  );
  const list = make("ol", {}, ...links.map((link) => make("li", {}, link)));
  document.getElementById("programs").replaceChildren(...(scenes.length > 1 ? [list] : []));
  showScene(scenes[number - 1]);
}

document.addEventListener("keydown", (event) => {
  const busy =
    event.target.closest("input, select") || event.ctrlKey || event.metaKey || event.altKey;
  if (view && !busy && view.onKey(event.key)) event.preventDefault();
});
window.addEventListener("hashchange", () => {
  if (location.hash !== "#stage") showChosen();
});
showChosen();
