// The marks: real is solid, imagined is hollow. What is drawn is returned, for counting and
// for finding what the pointer is over.
(function () {
  "use strict";
  const own = window.doubletake;
  const { place, tint } = own;

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

  // Many places: a capsule that tells how many of each kind.
  function capsule(frame, state, it) {
    const { c } = frame;
    const { colours } = state;
    const kindly = (role) => (state.shades ? colours.text : colours[role]); // a colour means one thing
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
        c.fillStyle = kindly("filming");
        c.fill();
      } else {
        diamond(c, at + 7, y, 5.4);
        c.lineWidth = 1.9;
        c.strokeStyle = kindly("story");
        c.stroke();
      }
      c.fillStyle = colours.text;
      c.fillText(number(count), at + 15, y + 0.5);
      at += widths[i] + 4;
    });
    return width / 2;
  }

  const shorten = (text) => (text.length > 42 ? text.slice(0, 40) + "…" : text);

  // Where a name of this width would stand that touches nothing of `taken`: [left edge, box], or
  // null. To the right of its mark, or where the map ends there, rather to the left.
  function room(frame, hit, width, taken) {
    const end = frame.width * (1 - own.BEYOND / (1 + 2 * own.BEYOND));
    const left = hit.x < end && hit.x + hit.radius + 4 + width > end;
    for (const side of hit.area ? [0] : left ? [-1, 1] : [1, -1]) {
      const from = hit.x + side * (hit.radius + 4) - (side < 0 ? width : side ? 0 : width / 2);
      const box = [from - 2, hit.y - 8, from + width + 2, hit.y + 8];
      if (!taken.some((other) => own.meet(other, box))) return [from, box];
    }
    return null;
  }

  const NARROW = 4; // pixels that a letter takes at the least: measuring is slow, and mostly for nothing

  // A name beside its mark, or on its area; returns the box that it covers, or null for no room.
  function label(frame, state, hit, taken, lit) {
    const { c } = frame;
    const { colours, store } = state;
    const text = shorten(store.places.name[hit.place]);
    if (!room(frame, hit, NARROW * text.length, taken)) return null;
    c.font = `${hit.area ? "italic " : ""}${lit ? 700 : 500} ${hit.area ? 13 : 12}px ${colours.face}`;
    const found = room(frame, hit, c.measureText(text).width, taken);
    if (!found) return null;
    const [from, box] = found;
    c.textBaseline = "middle";
    c.textAlign = "left";
    c.lineJoin = "round";
    c.strokeStyle = colours.casing;
    c.globalAlpha = lit ? 1 : 0.85;
    c.lineWidth = lit ? 5 : 3.2;
    c.strokeText(text, from, hit.y);
    c.globalAlpha = 1;
    c.fillStyle = hit.area && !state.shades ? colours[hit.role] : colours.text;
    c.fillText(text, from, hit.y);
    return box;
  }

  // Names, those of the fullest marks first, where they touch nothing.
  function labels(frame, state, hits) {
    const { store } = state;
    const taken = hits.filter((h) => !h.area).map((h) => [h.x - h.radius, h.y - h.radius, h.x + h.radius, h.y + h.radius]);
    const weight = (h) => store.filmed[h.place] + store.played[h.place];
    const named = hits.filter((h) => h.place >= 0).sort((a, b) => weight(b) - weight(a)).slice(0, 140);
    for (const hit of named) {
      hit.label = label(frame, state, hit, taken, false);
      if (hit.label) taken.push(hit.label);
    }
    return taken;
  }

  const ENDS = 24; // other ends that stand out; a country may have hundreds

  // What is chosen or pointed at stands out on a sheet of its own, cheap to paint anew, and with it
  // the other ends of its lines: out of their clusters, and by name.
  function glow(frame, state) {
    const { c } = frame;
    const near = [...new Set([state.selected, state.hovered])].filter((p) => p >= 0);
    state.lit = [];
    if (!near.length) return;
    const taken = [];
    const name = (hit, others) => {
      const box = label(frame, state, hit, others, true);
      if (!box) return;
      taken.push(box);
      state.lit.push(hit.place);
    };
    for (const p of near) {
      const found = hitsOf(frame, state, p);
      if (p === state.selected) for (const hit of found) ring(frame, state, hit);
      for (const hit of found) {
        if (!hit.area) mark(frame, state, hit.at);
        name(hit, []);
      }
    }
    for (const p of own.otherEnds(state, near).slice(0, ENDS)) {
      for (const hit of hitsOf(frame, state, p)) {
        if (!hit.area) mark(frame, state, hit.at);
        name(hit, taken);
      }
    }
  }

  function ring(frame, state, hit) {
    const { c } = frame;
    c.strokeStyle = state.colours.text;
    c.lineWidth = 2;
    circle(c, hit.x, hit.y, (hit.area ? 16 : hit.radius) + 4);
    c.stroke();
  }

  // Where a place stands in the frame: as it is drawn, or where it would be, were it not in a
  // cluster or left out by the filters.
  function hitsOf(frame, state, p) {
    const drawn = state.hits.filter((hit) => hit.place === p);
    const fanned = drawn.filter((hit) => hit.fanned);
    if (drawn.length) return (fanned.length ? fanned : drawn).map((hit) => ({ ...hit, at: hit.at || hit }));
    const { store, kinds } = state;
    if (store.kind[p] === own.NOWHERE) return [];
    const it = { place: p, y: store.y[p], filming: kinds.filming && store.filmed[p], story: kinds.story && store.played[p] };
    const area = store.kind[p] === own.AREA;
    return own.copies(frame).map((copy) => {
      const at = { ...it, x: store.x[p] + copy };
      const [x, y] = place(frame, at.x, at.y);
      return { place: p, x, y, radius: 10, at, area, role: it.filming ? "filming" : "story" };
    });
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
      return { place: p, x: at[0], y: at[1], radius: mark(frame, state, it), members: [p], at: it, fanned: true };
    });
  }

  function paint(frame, state) {
    const hits = [];
    const { store, kinds } = state;
    const tally = { filming: 0, story: 0, areas: 0, lines: 0, clusters: 0 };
    const seen = new Uint8Array(store.filmed.length);
    const note = (p, area) => {
      if (seen[p]) return;
      seen[p] = 1;
      if (kinds.filming && store.filmed[p]) tally.filming++;
      if (kinds.story && store.played[p]) tally.story++;
      if (area) tally.areas++;
    };
    for (const hit of own.paintAreas(frame, state)) {
      hits.push(hit);
      note(hit.place, true);
    }
    tally.lines = own.paintLines(frame, state);
    const items = own.cluster(frame, store, kinds);
    for (const it of items) {
      const [x, y] = place(frame, it.x, it.y);
      const fanned = state.fan && it.members.length > 1 && it.members.includes(state.fan.members[0]);
      const radius = it.place >= 0 ? mark(frame, state, it) : fanned ? 3 : capsule(frame, state, it);
      if (it.place < 0) tally.clusters++;
      for (const p of it.members) note(p, false);
      hits.push({ ...it, x, y, at: it, radius });
    }
    if (state.fan) hits.push(...fan(frame, state));
    const taken = labels(frame, state, hits);
    return { hits, tally, taken };
  }

  Object.assign(own, { paintMarks: paint, paintGlow: glow });
})();
