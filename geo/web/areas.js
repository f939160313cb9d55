// Areas: a wash for what is known only as a region or a country, never a mark.
(function () {
  "use strict";
  const own = window.doubletake;
  const { tint } = own;

  // The wash of one kind, painted once and then stretched to each area.
  const washes = new Map();
  function soft(role, sure, colour) {
    const key = [role, sure, colour].join();
    if (washes.has(key)) return washes.get(key);
    const sheet = new OffscreenCanvas(96, 96);
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
    washes.set(key, sheet.transferToImageBitmap()); // drawn in a fraction of a canvas's time
    return washes.get(key);
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

  const COARSE = 4; // pixels of the map to one of the sheet on which wide washes are gathered
  const WIDE = 36; // pixels: a wash of at least this radius is soft enough for it
  const many = document.createElement("canvas");

  // A small sheet for wide washes: a sixteenth of the pixels to blend.
  function gather(frame) {
    many.width = Math.ceil(frame.width / COARSE);
    many.height = Math.ceil(frame.height / COARSE);
    const c = many.getContext("2d");
    c.scale(1 / COARSE, 1 / COARSE);
    return c;
  }

  // In which roles an area is shown, each with how sure it is, as a number: 0 for none.
  function codeOf(store, kinds, p) {
    const filming = kinds.filming && store.filmed[p] ? 1 + store.filmedSure[p] : 0;
    const story = kinds.story && store.played[p] ? 1 + store.playedSure[p] : 0;
    return 4 * filming + story;
  }

  // The same as a list of [role, how sure], made once for each number.
  const ROLES = Array.from({ length: 16 }, (none, code) => [
    ...(code >> 2 ? [["filming", (code >> 2) - 1]] : []),
    ...(code & 3 ? [["story", (code & 3) - 1]] : []),
  ]);

  // An area is a wash without an edge, full for a filming place, hollow for a setting: a country
  // in its own shape, anything else as far as its radius goes. Returns what may be pointed at.
  function areas(frame, state) {
    const { store, kinds } = state;
    const { world, left, top, width, height } = frame;
    if (!(width > 0 && height > 0)) return []; // a map that is not laid out yet
    const wide = gather(frame), found = [], fresh = new Fresh(frame, store.areas.length > 1000 ? 12 : 3);
    const pale = Math.max(0.35, Math.min(1, Math.sqrt(40 / store.areas.length)));
    const shown = own.copies(frame);
    let gathered = false;
    for (const p of store.areas) {
      const code = codeOf(store, kinds, p);
      if (!code) continue;
      // Paler the more there are, and paler when the map has gone deep into one.
      const radius = Math.max(14, store.spread[p] * world);
      const strength = pale * Math.max(0.12, Math.min(1, width / 2 / radius));
      const whole = store.places.precision[p] === "country" && state.world;
      const shape = whole && state.world.byCode.get(store.places.country[p]);
      if (shape && fresh.country(shape, code)) country(frame, state, p, shape, ROLES[code], strength);
      const y = store.y[p] * world - top;
      if (y + radius < 0 || y - radius > height) continue;
      for (const copy of shown) {
        const x = (store.x[p] + copy) * world - left;
        if (x + radius < 0 || x - radius > width) continue;
        found.push({ place: p, x, y, radius, area: true, role: code >> 2 ? "filming" : "story" });
        if (shape) continue;
        const c = radius < WIDE ? frame.c : wide;
        gathered = gathered || c === wide;
        c.globalAlpha = strength;
        for (const [role, sure] of ROLES[code]) {
          if (!fresh.wash(x, y, radius, role, sure)) continue;
          c.drawImage(soft(role, sure, tint(state, p, role)), x - radius, y - radius, 2 * radius, 2 * radius);
        }
      }
    }
    frame.c.globalAlpha = 1;
    if (gathered) frame.c.drawImage(many, 0, 0, many.width * COARSE, many.height * COARSE);
    return found;
  }

  function country(frame, state, p, shape, roles, strength) {
    const { c } = frame;
    if (!own.outline(frame, shape.rings, true, 1.5)) return;
    for (const [role, sure] of roles) {
      const colour = tint(state, p, role);
      c.globalAlpha = strength * (role === "filming" ? [0.34, 0.25, 0.16][sure] : 1);
      c.fillStyle = role === "filming" ? colour : hatch(c, colour, sure);
      c.fill("evenodd");
      c.globalAlpha = 1;
    }
  }

  // Whether no wash like it lies there already: areas past counting lie on top of each other.
  class Fresh {
    constructor(frame, bin) {
      Object.assign(this, { bin, columns: Math.ceil(frame.width / bin) * 4, seen: new Set(), countries: new Map() });
    }

    country(shape, code) {
      const drawn = this.countries.get(shape) || 0;
      this.countries.set(shape, drawn | (1 << code));
      return !(drawn & (1 << code));
    }

    wash(x, y, radius, role, sure) {
      const spot = Math.round(y / this.bin) * this.columns + Math.round(x / this.bin);
      const key = (spot * 32 + Math.round(Math.log2(radius))) * 8 + (role === "filming" ? 4 : 0) + sure;
      const before = this.seen.size;
      return this.seen.add(key).size > before;
    }
  }

  Object.assign(own, { paintAreas: areas });
})();
