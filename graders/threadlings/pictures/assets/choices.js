// What can come next: pure functions over the data of one scene.

function prepare(scene) {
  scene.columns = new Map(scene.threads.map((thread, index) => [thread.letter, index]));
  scene.beginning = scene.beginning.filter((step) => scene.columns.has(step[0]));
  for (const run of scene.runs) run.has = new Set(run.events);
  scene.goesOn = new Set();
  for (const run of scene.runs) {
    const last = new Map();
    for (const number of run.events) {
      const letter = scene.events[number].thread;
      if (last.has(letter)) scene.goesOn.add(last.get(letter));
      last.set(letter, number);
    }
  }
  return scene;
}

// An event without a column happens by itself as soon as it can: the main thread going on.
function isShown(scene, number) {
  const event = scene.events[number];
  return scene.columns.has(event.thread) || event.steps.some((step) => scene.columns.has(step[0]));
}

function runsWith(scene, taken) {
  return scene.runs.filter((run) => taken.every((number) => run.has.has(number)));
}

function available(scene, taken) {
  const had = new Set(taken);
  const found = new Set();
  for (const run of runsWith(scene, taken)) {
    for (const number of run.events) {
      if (!had.has(number) && scene.events[number].after.every((before) => had.has(before))) {
        found.add(number);
      }
    }
  }
  return [...found].sort((one, other) => one - other);
}

// Take what happens by itself.
function settled(scene, taken) {
  const all = [...taken];
  for (;;) {
    const number = available(scene, all).find((candidate) => !isShown(scene, candidate));
    if (number === undefined) return all;
    all.push(number);
  }
}

function takenBy(scene, picked) {
  let taken = settled(scene, []);
  for (const number of picked) taken = settled(scene, [...taken, number]);
  return taken;
}

function choicesAfter(scene, picked) {
  return available(scene, takenBy(scene, picked));
}

function endAfter(scene, picked) {
  const taken = takenBy(scene, picked);
  const run = runsWith(scene, taken).find((one) => one.events.length === taken.length);
  return run === undefined ? null : run.end;
}

// The first event that a thread has still to make in some run, whether or not it can now.
function pending(scene, taken, letter) {
  for (const run of runsWith(scene, taken)) {
    const had = new Set(taken);
    const number = run.events.find((one) => !had.has(one) && scene.events[one].thread === letter);
    if (number !== undefined) return number;
  }
  return null;
}
