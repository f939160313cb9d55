// The marks: real is solid, imagined is hollow. What is drawn is returned, for counting and
// for finding what the pointer is over.
(function () {
  "use strict";
  const own = window.doubletake;

  // Okabe and Ito, "Color Universal Design" (2008): safe for colour-blind eyes.
  const LIGHT = {
    face: "'Source Sans', system-ui, 'Segoe UI', Roboto, sans-serif",
    sea: "#d5e3e8", shore: "#e3edf0", coast: "#a9bac0", border: "#cfc4ae",
    land: ["#f6f1e6", "#f2ecdd", "#f7f2ea", "#f0ebe0", "#f4eee0"],
    name: "#857b67", halo: "rgba(248,243,233,0.8)",
    filming: "#0072b2", story: "#c24e00", ink: "#06283d", casing: "#fffdf8", text: "#1c2a33",
    line: "#3d4a55", faint: "rgba(61,74,85,0.38)",
    scale: ["#0072b2", "#d55e00", "#009e73", "#b5508c", "#8a6d00", "#3b8fc4", "#5b5b5b"],
  };
  const DARK = {
    face: LIGHT.face,
    sea: "#12181e", shore: "#171f26", coast: "#3d4a54", border: "#414b53",
    land: ["#262d33", "#2a3137", "#23292f", "#2d3439", "#282f34"],
    name: "#8a959d", halo: "rgba(24,30,35,0.8)",
    filming: "#56b4e9", story: "#f0a830", ink: "#dff2ff", casing: "#0c1116", text: "#e9eef1",
    line: "#c3ccd3", faint: "rgba(195,204,211,0.34)",
    scale: ["#56b4e9", "#e69f00", "#2fc79b", "#e08fc0", "#f0e442", "#8fb8ff", "#a9b1b8"],
  };
  const OTHER = 6;
  const MANY = 600; // lines; beyond, only those of the place chosen or pointed at
  const FEW = 300; // up to so many points stand alone unless they really overlap

  // Gather points into clusters: fine bins anchored to the world, so that they stay put while the
  // map moves, merged around the fullest. Time grows with points, not with their square.
  function cluster(frame, store, kinds) {
    const few = store.points.length <= FEW;
    const bin = few ? 4 : 10;
    const reach = few ? 24 : 46;
    const west = Math.floor(frame.left / bin), north = Math.floor(frame.top / bin);
    const columns = Math.ceil(frame.width / bin) + 2, rows = Math.ceil(frame.height / bin) + 2;
    const head = new Int32Array(columns * rows).fill(-1);
    const size = new Uint32Array(columns * rows);
    const members = [], at = [], next = [], used = [];
    for (const copy of own.copies(frame)) {
      for (let i = 0; i < store.points.length; i++) {
        const p = store.points[i];
        const f = kinds.filming ? store.filmed[p] : 0, s = kinds.story ? store.played[p] : 0;
        if (!f && !s) continue;
        const x = (store.x[p] + copy) * frame.world, y = store.y[p] * frame.world;
        const column = Math.floor(x / bin) - west, row = Math.floor(y / bin) - north;
        if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
        const cell = row * columns + column;
        if (head[cell] < 0) used.push(cell);
        next.push(head[cell]);
        head[cell] = members.length;
        members.push(p);
        at.push(store.x[p] + copy);
        size[cell]++;
      }
    }
    used.sort((a, b) => size[b] - size[a] || a - b);
    return merge({ world: frame.world, store, kinds, bin, reach, columns, rows, head, size, members, at, next, used });
  }

  function merge(g) {
    const span = Math.ceil(g.reach / g.bin);
    const items = [];
    for (const seed of g.used) {
      if (!g.size[seed]) continue;
      const sr = Math.floor(seed / g.columns), sc = seed % g.columns;
      const list = [];
      for (let r = Math.max(0, sr - span); r <= Math.min(g.rows - 1, sr + span); r++) {
        for (let c = Math.max(0, sc - span); c <= Math.min(g.columns - 1, sc + span); c++) {
          const cell = r * g.columns + c;
          if (!g.size[cell] || Math.hypot(r - sr, c - sc) * g.bin > g.reach) continue;
          g.size[cell] = 0;
          for (let m = g.head[cell]; m >= 0; m = g.next[m]) list.push(m);
        }
      }
      items.push(item(g, list));
    }
    return apart(g, items);
  }

  // Clusters whose capsules would overlap become one.
  function apart(g, items) {
    const half = (it) => (it.list.length > 1 ? [32, 13] : [8, 8]);
    for (let again = true; again; ) {
      again = false;
      const kept = [];
      for (const it of items) {
        const [w, h] = half(it);
        const near = kept.find((k) => {
          if (k.list.length === 1 && it.list.length === 1) return false;
          const [kw, kh] = half(k);
          return Math.abs(k.x - it.x) * g.world < w + kw && Math.abs(k.y - it.y) * g.world < h + kh;
        });
        if (!near) kept.push(it);
        else {
          kept[kept.indexOf(near)] = item(g, near.list.concat(it.list));
          again = true;
        }
      }
      items = kept;
    }
    return items;
  }

  function item(g, list) {
    const { store, kinds } = g;
    let x = 0, y = 0, filming = 0, story = 0;
    for (const m of list) {
      const p = g.members[m];
      x += g.at[m];
      y += store.y[p];
      if (kinds.filming && store.filmed[p]) filming++;
      if (kinds.story && store.played[p]) story++;
    }
    const members = list.map((m) => g.members[m]);
    const single = members.length === 1 ? members[0] : -1;
    return { x: x / list.length, y: y / list.length, filming, story, members, list, place: single };
  }

  function place(frame, x, y, copy = 0) {
    return [(x + copy) * frame.world - frame.left, y * frame.world - frame.top];
  }

  function diamond(c, x, y, half) {
    c.beginPath();
    c.moveTo(x, y - half);
    c.lineTo(x + half, y);
    c.lineTo(x, y + half);
    c.lineTo(x - half, y);
    c.closePath();
  }

  function circle(c, x, y, radius) {
    c.beginPath();
    c.arc(x, y, radius, 0, 2 * Math.PI);
  }

  // Certainty is the edge: firm, thin, dotted.
  const EDGES = [{ width: 2.6, dash: [] }, { width: 1.2, dash: [] }, { width: 1.6, dash: [1.2, 2.6] }];

  function solid(c, x, y, radius, sure, colours, tint) {
    const edge = EDGES[sure];
    circle(c, x, y, radius + 2);
    c.fillStyle = colours.casing;
    c.fill();
    circle(c, x, y, radius);
    c.globalAlpha = sure === 2 ? 0.55 : 1;
    c.fillStyle = tint;
    c.fill();
    c.globalAlpha = 1;
    c.setLineDash(edge.dash);
    c.lineWidth = edge.width;
    c.strokeStyle = colours.ink;
    circle(c, x, y, radius);
    c.stroke();
    c.setLineDash([]);
  }

  function hollow(c, x, y, half, sure, colours, tint, filled = true) {
    const edge = EDGES[sure];
    diamond(c, x, y, half);
    c.lineJoin = "round";
    c.strokeStyle = colours.casing;
    c.lineWidth = edge.width + 4;
    c.stroke();
    if (filled) {
      c.globalAlpha = 0.6;
      c.fillStyle = colours.casing;
      c.fill();
      c.globalAlpha = 1;
    }
    c.setLineDash(edge.dash);
    c.lineWidth = Math.max(1.5, edge.width);
    c.strokeStyle = tint;
    diamond(c, x, y, half);
    c.stroke();
    c.setLineDash([]);
  }

  // One place: a circle, a diamond, or a circle within a diamond where a place plays itself.
  function mark(frame, state, it) {
    const { store, kinds, colours } = state;
    const p = it.place;
    const [x, y] = place(frame, it.x, it.y);
    const count = store.filmed[p] + store.played[p];
    const radius = 5.2 + Math.min(4, Math.log2(count) * 0.9);
    const both = it.filming && it.story;
    if (it.story) {
      const half = both ? radius + 6.5 : radius + 2;
      hollow(frame.c, x, y, half, store.playedSure[p], colours, tint(state, p, "story"), !both);
    }
    if (it.filming) solid(frame.c, x, y, radius, store.filmedSure[p], colours, tint(state, p, "filming"));
    return radius + (it.story ? 6 : 2);
  }

  function tint(state, p, role) {
    return state.tint ? state.tint(state.store.leading[p]) : state.colours[role];
  }

  // Many places: a capsule that tells how many of each kind.
  function capsule(frame, state, it) {
    const { c } = frame;
    const { colours } = state;
    const [x, y] = place(frame, it.x, it.y);
    const number = (n) => (n >= 10000 ? Math.round(n / 1000) + "k" : String(n));
    c.font = `600 12px ${colours.face}`;
    const parts = [["filming", it.filming], ["story", it.story]].filter((part) => part[1]);
    const widths = parts.map((part) => c.measureText(number(part[1])).width + 18);
    const width = widths.reduce((a, b) => a + b, 10 + (parts.length - 1) * 4);
    c.beginPath();
    c.roundRect(x - width / 2, y - 12, width, 24, 12);
    c.fillStyle = colours.casing;
    c.fill();
    c.lineWidth = 1.4;
    c.strokeStyle = colours.line;
    c.stroke();
    let at = x - width / 2 + 5;
    c.textAlign = "left";
    c.textBaseline = "middle";
    parts.forEach(([role, count], i) => {
      if (role === "filming") {
        circle(c, at + 7, y, 4.6);
        c.fillStyle = colours.filming;
        c.fill();
      } else {
        diamond(c, at + 7, y, 5.4);
        c.lineWidth = 1.9;
        c.strokeStyle = colours.story;
        c.stroke();
      }
      c.fillStyle = colours.text;
      c.fillText(number(count), at + 15, y + 0.5);
      at += widths[i] + 4;
    });
    return width / 2;
  }

  // The wash of one kind, painted once and then stretched to each area.
  const washes = new Map();
  function soft(role, sure, colour) {
    const key = [role, sure, colour].join();
    if (washes.has(key)) return washes.get(key);
    const sheet = document.createElement("canvas");
    sheet.width = sheet.height = 256;
    const c = sheet.getContext("2d");
    const strength = [0.5, 0.38, 0.24][sure];
    const alpha = (part) => colour + Math.round(255 * part).toString(16).padStart(2, "0");
    const fade = c.createRadialGradient(128, 128, 0, 128, 128, 128);
    const stops = role === "filming"
      ? [[0, strength], [0.55, strength * 0.62], [1, 0]]
      : [[0, 0.04], [0.5, strength * 0.3], [0.78, strength], [1, 0]];
    for (const [at, part] of stops) fade.addColorStop(at, alpha(part));
    c.fillStyle = fade;
    c.fillRect(0, 0, 256, 256);
    washes.set(key, sheet);
    return sheet;
  }

  // Hatching for a country that is a setting: hollow, as a diamond is.
  function hatch(c, colour, sure) {
    const key = ["hatch", sure, colour].join();
    if (!washes.has(key)) {
      const sheet = document.createElement("canvas");
      sheet.width = sheet.height = 10;
      const h = sheet.getContext("2d");
      h.strokeStyle = colour;
      h.globalAlpha = [0.75, 0.55, 0.35][sure];
      h.lineWidth = 1.3;
      h.beginPath();
      for (const k of [-10, 0, 10]) h.moveTo(k, 10), h.lineTo(k + 10, 0);
      h.stroke();
      washes.set(key, c.createPattern(sheet, "repeat"));
    }
    return washes.get(key);
  }

  // An area is a wash without an edge, full for a filming place, hollow for a setting: a country
  // in its own shape, anything else as far as its radius goes. Returns what may be pointed at.
  function area(frame, state, p) {
    const { c } = frame;
    const { store, kinds } = state;
    const roles = [];
    if (kinds.filming && store.filmed[p]) roles.push(["filming", store.filmedSure[p]]);
    if (kinds.story && store.played[p]) roles.push(["story", store.playedSure[p]]);
    if (!roles.length) return [];
    const whole = store.places.precision[p] === "country" && state.world;
    const shape = whole && state.world.byCode.get(store.places.country[p]);
    if (shape && own.outline(frame, shape.rings, true)) {
      for (const [role, sure] of roles) {
        const colour = tint(state, p, role);
        c.globalAlpha = role === "filming" ? [0.34, 0.25, 0.16][sure] : 1;
        c.fillStyle = role === "filming" ? colour : hatch(c, colour, sure);
        c.fill("evenodd");
        c.globalAlpha = 1;
      }
    }
    const radius = reach(frame, store, p);
    const found = [];
    for (const copy of own.copies(frame)) {
      const [x, y] = place(frame, store.x[p], store.y[p], copy);
      if (x + radius < 0 || y + radius < 0 || x - radius > frame.width || y - radius > frame.height) continue;
      if (!shape) {
        for (const [role, sure] of roles) {
          c.drawImage(soft(role, sure, tint(state, p, role)), x - radius, y - radius, 2 * radius, 2 * radius);
        }
      }
      found.push({ place: p, x, y, radius, area: true, role: roles[0][0] });
    }
    return found;
  }

  // An area's radius in pixels: of its kilometres, stretched as Mercator stretches its latitude.
  function reach(frame, store, p) {
    const stretch = Math.cos((store.places.latitude[p] * Math.PI) / 180);
    const kilometres = store.places.radius[p] || (store.places.precision[p] === "country" ? 300 : 60);
    return Math.max(14, (kilometres / (40075.017 * stretch)) * frame.world);
  }

  // A line: dashed where it leaves the setting, solid where it reaches the filming place.
  function draw(frame, path, copy, colour, width) {
    const { c } = frame;
    const x0 = copy * frame.world - frame.left;
    const last = path.xs.length - 1;
    const px = (i) => path.xs[i] * frame.world + x0, py = (i) => path.ys[i] * frame.world - frame.top;
    let west = Infinity, east = -Infinity, north = Infinity, south = -Infinity;
    for (let i = 0; i <= last; i++) {
      west = Math.min(west, px(i));
      east = Math.max(east, px(i));
      north = Math.min(north, py(i));
      south = Math.max(south, py(i));
    }
    if (east < 0 || west > frame.width || south < 0 || north > frame.height) return false;
    c.strokeStyle = colour;
    c.lineCap = "round";
    c.beginPath();
    const half = Math.round(last * 0.45);
    c.moveTo(px(0), py(0));
    for (let i = 1; i <= last - half; i++) c.lineTo(px(i), py(i));
    c.lineWidth = width;
    c.setLineDash([]);
    c.stroke();
    c.beginPath();
    c.moveTo(px(last - half), py(last - half));
    for (let i = last - half + 1; i <= last; i++) c.lineTo(px(i), py(i));
    c.lineWidth = width * 0.85;
    c.setLineDash([width * 2.2, width * 3.2]);
    c.stroke();
    c.setLineDash([]);
    return true;
  }

  function pathOf(state, pair) {
    if (!pair.path) pair.path = own.greatCircle(state.store, pair.filming, pair.setting);
    return pair.path;
  }

  function lines(frame, state) {
    const { store, kinds, colours } = state;
    if (!kinds.filming || !kinds.story) return 0;
    const touches = (pair, place) => place >= 0 && (pair.filming === place || pair.setting === place);
    let drawn = 0;
    const strong = [];
    for (const pair of store.pairs) {
      const lit = touches(pair, state.selected) || touches(pair, state.hovered);
      if (!lit && (!kinds.lines || store.pairs.length > MANY)) continue;
      if (lit) {
        strong.push(pair);
        continue;
      }
      if (each(frame, state, pair, colours.faint, 1.4)) drawn++;
    }
    for (const pair of strong) if (each(frame, state, pair, colours.line, 2.4)) drawn++;
    return drawn;
  }

  function each(frame, state, pair, colour, width) {
    let seen = false;
    const path = pathOf(state, pair);
    const shown = own.copies(frame);
    for (let k = shown[0] - 1; k <= shown[shown.length - 1] + 1; k++) {
      seen = draw(frame, path, k, colour, width) || seen;
    }
    return seen;
  }

  // Names beside the marks, the fullest first, where they touch nothing.
  function labels(frame, state, hits) {
    const { c } = frame;
    const { colours, store } = state;
    const taken = hits.filter((h) => !h.area).map((h) => [h.x - h.radius, h.y - h.radius, h.x + h.radius, h.y + h.radius]);
    const weight = (h) =>
      (h.place === state.selected || h.place === state.hovered ? 1e9 : 0) + store.filmed[h.place] + store.played[h.place];
    const named = hits.filter((h) => h.place >= 0).sort((a, b) => weight(b) - weight(a)).slice(0, 140);
    c.textBaseline = "middle";
    c.lineJoin = "round";
    for (const hit of named) {
      const lit = hit.place === state.selected || hit.place === state.hovered;
      c.font = `${hit.area ? "italic " : ""}${lit ? 700 : 500} ${hit.area ? 13 : 12}px ${colours.face}`;
      const text = store.places.name[hit.place];
      const width = c.measureText(text.length > 42 ? text.slice(0, 40) + "…" : text).width;
      for (const side of hit.area ? [0] : [1, -1]) {
        const from = hit.x + side * (hit.radius + 4) - (side < 0 ? width : side ? 0 : width / 2);
        const box = [from - 2, hit.y - 8, from + width + 2, hit.y + 8];
        if (!lit && taken.some((other) => own.meet(other, box))) continue;
        taken.push(box);
        c.textAlign = "left";
        c.strokeStyle = colours.casing;
        c.globalAlpha = 0.85;
        c.lineWidth = 3.2;
        c.strokeText(text.length > 42 ? text.slice(0, 40) + "…" : text, from, hit.y);
        c.globalAlpha = 1;
        c.fillStyle = hit.area ? colours[hit.role] : colours.text;
        c.fillText(text.length > 42 ? text.slice(0, 40) + "…" : text, from, hit.y);
        hit.label = box;
        break;
      }
    }
    return taken;
  }

  function ring(frame, state, hits) {
    const { c } = frame;
    for (const hit of hits) {
      if (state.selected < 0) break;
      if (hit.place !== state.selected && !(hit.members || []).includes(state.selected)) continue;
      c.strokeStyle = state.colours.text;
      c.lineWidth = 2;
      circle(c, hit.x, hit.y, (hit.area ? 16 : hit.radius) + 4);
      c.stroke();
    }
  }

  // Same-spot marks, fanned out around where they stand.
  function fan(frame, state) {
    const { c } = frame;
    const { x, y, members } = state.fan;
    const [cx, cy] = place(frame, x, y);
    const shown = members.slice(0, 40);
    const reach = Math.max(34, (shown.length * 26) / (2 * Math.PI));
    return shown.map((p, i) => {
      const angle = (2 * Math.PI * i) / shown.length - Math.PI / 2;
      const at = [cx + reach * Math.cos(angle), cy + reach * Math.sin(angle)];
      c.strokeStyle = state.colours.line;
      c.lineWidth = 1;
      c.beginPath();
      c.moveTo(cx, cy);
      c.lineTo(at[0], at[1]);
      c.stroke();
      const it = {
        place: p,
        x: (at[0] + frame.left) / frame.world, y: (at[1] + frame.top) / frame.world,
        filming: state.kinds.filming && state.store.filmed[p], story: state.kinds.story && state.store.played[p],
      };
      return { place: p, x: at[0], y: at[1], radius: mark(frame, state, it), members: [p], fanned: true };
    });
  }

  function paint(frame, state) {
    const hits = [];
    const { store, kinds, colours } = state;
    const tally = { filming: 0, story: 0, areas: 0, lines: 0, clusters: 0 };
    const seen = new Uint8Array(store.filmed.length);
    const note = (p, area) => {
      if (seen[p]) return;
      seen[p] = 1;
      if (kinds.filming && store.filmed[p]) tally.filming++;
      if (kinds.story && store.played[p]) tally.story++;
      if (area) tally.areas++;
    };
    for (const p of store.areas) {
      const found = area(frame, state, p);
      if (found.length) hits.push(...found), note(p, true);
    }
    tally.lines = lines(frame, state);
    const items = cluster(frame, store, kinds);
    for (const it of items) {
      const [x, y] = place(frame, it.x, it.y);
      const fanned = state.fan && it.members.length > 1 && it.members.includes(state.fan.members[0]);
      const radius = it.place >= 0 ? mark(frame, state, it) : fanned ? 3 : capsule(frame, state, it);
      if (it.place < 0) tally.clusters++;
      for (const p of it.members) note(p, false);
      hits.push({ ...it, x, y, at: it, radius });
    }
    if (state.fan) hits.push(...fan(frame, state));
    ring(frame, state, hits);
    const taken = labels(frame, state, hits);
    if (state.world && !state.tiles) own.paintNames(frame, state.world, colours, state.hidden(), taken);
    return { hits, tally };
  }

  Object.assign(own, { LIGHT, DARK, OTHER, paintMarks: paint, symbols: { solid, hollow } });
})();
