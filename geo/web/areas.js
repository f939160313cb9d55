// Areas: a wash for what is known only as a region or a country, never a mark.
(function () {
  "use strict";
  const own = window.doubletake;
  const { place, tint } = own;

  // The wash of one kind, painted once and then stretched to each area.
  const washes = new Map();
  function soft(role, sure, colour) {
    const key = [role, sure, colour].join();
    if (washes.has(key)) return washes.get(key);
    const sheet = document.createElement("canvas");
    sheet.width = sheet.height = 96;
    const c = sheet.getContext("2d");
    const strength = [0.5, 0.38, 0.24][sure];
    const alpha = (part) => colour + Math.round(255 * part).toString(16).padStart(2, "0");
    const fade = c.createRadialGradient(48, 48, 0, 48, 48, 48);
    const stops = role === "filming"
      ? [[0, strength], [0.55, strength * 0.62], [1, 0]]
      : [[0, 0.04], [0.5, strength * 0.3], [0.78, strength], [1, 0]];
    for (const [at, part] of stops) fade.addColorStop(at, alpha(part));
    c.fillStyle = fade;
    c.fillRect(0, 0, 96, 96);
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
    // Paler the more there are, and paler when the map has gone deep into one.
    const radius = reach(frame, store, p);
    const bin = store.areas.length > 1000 ? 4 : 3;
    const many = Math.max(0.35, Math.min(1, Math.sqrt(40 / store.areas.length)));
    const strength = many * Math.max(0.12, Math.min(1, frame.width / 2 / radius));
    const roles = [];
    if (kinds.filming && store.filmed[p]) roles.push(["filming", store.filmedSure[p]]);
    if (kinds.story && store.played[p]) roles.push(["story", store.playedSure[p]]);
    if (!roles.length) return [];
    const whole = store.places.precision[p] === "country" && state.world;
    const shape = whole && state.world.byCode.get(store.places.country[p]);
    if (shape && fresh(frame, shape.code, roles) && own.outline(frame, shape.rings, true, 1.5)) {
      for (const [role, sure] of roles) {
        const colour = tint(state, p, role);
        c.globalAlpha = strength * (role === "filming" ? [0.34, 0.25, 0.16][sure] : 1);
        c.fillStyle = role === "filming" ? colour : hatch(c, colour, sure);
        c.fill("evenodd");
        c.globalAlpha = 1;
      }
    }
    const found = [];
    for (const copy of own.copies(frame)) {
      const [x, y] = place(frame, store.x[p], store.y[p], copy);
      if (x + radius < 0 || y + radius < 0 || x - radius > frame.width || y - radius > frame.height) continue;
      if (!shape && fresh(frame, [x >> bin, y >> bin, Math.log2(radius) | 0], roles)) {
        c.globalAlpha = strength;
        for (const [role, sure] of roles) {
          c.drawImage(soft(role, sure, tint(state, p, role)), x - radius, y - radius, 2 * radius, 2 * radius);
        }
        c.globalAlpha = 1;
      }
      found.push({ place: p, x, y, radius, area: true, role: roles[0][0] });
    }
    return found;
  }

  // Whether no wash like it lies there already: areas past counting lie on top of each other.
  function fresh(frame, where, roles) {
    const key = `${where} ${roles}`;
    const size = frame.washed.size;
    return frame.washed.add(key).size > size;
  }

  // An area's radius in pixels: of its kilometres, stretched as Mercator stretches its latitude.
  function reach(frame, store, p) {
    const stretch = Math.cos((store.places.latitude[p] * Math.PI) / 180);
    const kilometres = store.places.radius[p] || (store.places.precision[p] === "country" ? 300 : 60);
    return Math.max(14, (kilometres / (40075.017 * stretch)) * frame.world);
  }

  Object.assign(own, { paintArea: area });
})();
