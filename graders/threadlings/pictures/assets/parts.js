// Parts of the page. Text of the student's program goes in as text nodes only, never as HTML.

const { words, scenes } = JSON.parse(document.getElementById("data").textContent);

function say(name, ...values) {
  return values.reduce((text, value) => text.replace("{}", () => value), words[name]);
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false)
      element.setAttribute(name, value === true ? "" : value);
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
