// The code, with the line of the step just made and the line where each thread stands.
function codePanel(scene) {
  const lines = new Map();
  const box = make("div", {
    class: "scroll",
    tabindex: "0",
    role: "region",
    "aria-label": words.code,
  });
  scene.files.forEach((file, index) => {
    if (!file.lines.length) return;
    const list = make("ol", { class: "code" });
    let before = null;
    for (const [number, text] of file.lines) {
      if (before !== null && number !== before + 1) list.append(make("li", { class: "gap" }, "⋯"));
      before = number;
      const marks = make("span", { class: "marks" });
      const line = make(
        "li",
        {},
        marks,
        make("span", { class: "no" }, `${number}`),
        make("code", {}, text || " "),
      );
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
