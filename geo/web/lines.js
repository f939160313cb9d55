// Lines along the great circle between a filming place and the setting that it stands for.
(function () {
  "use strict";
  const own = window.doubletake;

  const MANY = 2500; // lines; beyond, only those of the place chosen or pointed at
  const CROWD = 300; // lines; beyond, each is drawn in one thin stroke, for a dash would not be seen

  function pathOf(store, pair) {
    if (!pair.path) pair.path = own.greatCircle(store, pair.filming, pair.setting);
    return pair.path;
  }

  // Add part of a path to the canvas's own, at each copy of the world where it can be seen.
  function trace(frame, path, from, to, step) {
    const { c, world, left, top, width, height } = frame;
    const shown = own.copies(frame);
    let seen = false;
    for (let copy = shown[0] - 1; copy <= shown[shown.length - 1] + 1; copy++) {
      const x0 = copy * world - left;
      const px = (i) => path.xs[i] * world + x0, py = (i) => path.ys[i] * world - top;
      if (Math.max(px(0), px(path.last)) < 0 || Math.min(px(0), px(path.last)) > width) continue;
      if (path.south * world - top < 0 || path.north * world - top > height) continue;
      seen = true;
      // Over the pole a line leaves the map, whose edge it must not run along.
      const gone = (i) => path.ys[i] < 1e-6 || path.ys[i] > 1 - 1e-6;
      let x = px(from), y = py(from);
      c.moveTo(x, y);
      for (let i = from + 1; i <= to; i++) {
        const nx = px(i), ny = py(i);
        if (gone(i) || gone(i - 1)) c.moveTo(nx, ny);
        else if (i < to && Math.abs(nx - x) + Math.abs(ny - y) < step) continue;
        else c.lineTo(nx, ny);
        x = nx;
        y = ny;
      }
    }
    return seen;
  }

  // Lines in two strokes: solid where they reach the filming place, dashed where they leave the
  // setting. Returns how many can be seen.
  function draw(frame, store, pairs, colour, width, step) {
    const { c } = frame;
    if (!pairs.length) return 0;
    c.strokeStyle = colour;
    c.lineCap = "butt";
    let seen = 0;
    const half = (path) => Math.round(path.last * 0.55);
    c.beginPath();
    for (const pair of pairs) if (trace(frame, pathOf(store, pair), 0, half(pair.path), step)) seen++;
    c.lineWidth = width;
    c.stroke();
    c.beginPath();
    for (const pair of pairs) trace(frame, pair.path, half(pair.path), pair.path.last, step);
    c.setLineDash([width * 3, width * 2.4]);
    c.lineWidth = width * 0.9;
    c.stroke();
    c.setLineDash([]);
    return seen;
  }

  function crowd(frame, store, pairs, colour) {
    const { c } = frame;
    let seen = 0;
    c.beginPath();
    for (const pair of pairs) if (trace(frame, pathOf(store, pair), 0, pair.path.last, 9)) seen++;
    c.strokeStyle = colour;
    c.lineWidth = 1;
    c.globalAlpha = 0.45;
    c.stroke();
    c.globalAlpha = 1;
    return seen;
  }

  // All lines, where they are wanted and not past counting.
  function lines(frame, state) {
    const { store, kinds, colours } = state;
    if (!kinds.filming || !kinds.story || !kinds.lines || store.pairs.length > MANY) return 0;
    if (store.pairs.length > CROWD) return crowd(frame, store, store.pairs, colours.faint);
    return draw(frame, store, store.pairs, colours.faint, 1.4, 2);
  }

  // The pairs that have one of these places at either end, where both kinds are shown.
  function pairsOf({ store, kinds }, places) {
    if (!kinds.filming || !kinds.story) return [];
    return store.pairs.filter((pair) => places.includes(pair.filming) || places.includes(pair.setting));
  }

  // The places at the other ends of their lines, each once.
  function otherEnds(state, places) {
    const ends = pairsOf(state, places).flatMap((pair) => [pair.filming, pair.setting]);
    return [...new Set(ends)].filter((p) => !places.includes(p));
  }

  // The lines of the place chosen and of the place pointed at.
  function lit(frame, state) {
    const near = [state.selected, state.hovered].filter((p) => p >= 0);
    draw(frame, state.store, pairsOf(state, near), state.colours.line, 2.4, 2);
  }

  Object.assign(own, { MANY, pathOf, pairsOf, paintLines: lines, paintLit: lit, otherEnds });
})();
