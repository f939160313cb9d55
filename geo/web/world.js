// The world below the marks: land, borders, lakes and small country names on a canvas of our own.
// Coordinates are unit Mercator: 0 to 1 from west to east and from north to south, so that a zoom
// is one multiplication.
(function () {
  "use strict";

  const MOST = 85.0511287798;

  const unitX = (longitude) => longitude / 360 + 0.5;
  const unitY = (latitude) => {
    const sine = Math.sin((Math.max(-MOST, Math.min(MOST, latitude)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  };

  // How far a place reaches in unit coordinates: its kilometres, as Mercator stretches its latitude.
  const AROUND = 40075.017; // kilometres, the equator of WGS84
  function unitRadius(places, p) {
    const stretch = Math.cos(((places.latitude[p] || 0) * Math.PI) / 180);
    return (places.radius[p] || (places.precision[p] === "country" ? 300 : 60)) / (AROUND * stretch);
  }

  // Sheets that are due to be painted anew: one a frame, so that no frame waits for all of them.
  const due = new Set();
  function paintDue() {
    const [sheet] = due;
    if (sheet) sheet.settle();
    if (due.size) requestAnimationFrame(paintDue);
  }

  // A canvas that Leaflet moves and scales with the map, painted anew when the map comes to rest.
  const Sheet = L.Renderer.extend({
    // `padding` is what it holds beyond each edge of the map, in parts of the map; `idle` tells
    // whether there is nothing to paint.
    initialize(pane, paint, padding, idle = () => false) {
      L.Renderer.prototype.initialize.call(this, { pane, padding });
      Object.assign(this, { paint, idle, blank: false });
    },
    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this.context = this._container.getContext("2d");
    },
    _destroyContainer() {
      this._container.remove();
      delete this._container;
      delete this.context;
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      if (this._bounds) this.soon();
      else this.settle();
    },
    // Be painted anew in one of the next frames.
    soon() {
      if (!due.size) requestAnimationFrame(paintDue);
      due.add(this);
    },
    // Until it is painted anew, a sheet goes where the map has gone.
    _reset() {
      this._update();
      this._updateTransform(this._map.getCenter(), this._map.getZoom());
    },
    // Take over where the map is now, and paint.
    settle() {
      due.delete(this);
      if (!this._map) return;
      L.Renderer.prototype._update.call(this);
      this.draw();
    },
    redraw() {
      if (!this._map || !this._bounds) return;
      if (due.has(this)) this.settle();
      else this.draw();
    },
    draw() {
      const size = this._bounds.getSize();
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      if (canvas.width !== size.x * ratio || canvas.height !== size.y * ratio) {
        canvas.width = size.x * ratio;
        canvas.height = size.y * ratio;
        canvas.style.width = size.x + "px";
        canvas.style.height = size.y + "px";
        this.blank = true;
      }
      const idle = this.idle();
      if (idle && this.blank) return; // nor is there anything to wipe off
      this.blank = idle;
      const c = this.context;
      c.setTransform(ratio, 0, 0, ratio, 0, 0);
      c.clearRect(0, 0, size.x, size.y);
      const zoom = this._map.getZoom();
      const world = 256 * Math.pow(2, zoom);
      const origin = this._map.getPixelOrigin().add(this._bounds.min);
      this.frame = { c, zoom, world, left: origin.x, top: origin.y, width: size.x, height: size.y };
      if (!idle) this.paint(this.frame);
    },
  });

  // The copies of the world that a frame shows: whole numbers to add to a unit x.
  function copies(frame) {
    const list = [];
    const last = Math.floor((frame.left + frame.width) / frame.world);
    for (let k = Math.floor(frame.left / frame.world); k <= last; k++) list.push(k);
    return list;
  }

  function line(packed, scale) {
    const count = packed.length / 2;
    const xs = new Float64Array(count);
    const ys = new Float64Array(count);
    let x = 0, y = 0;
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < count; i++) {
      x += packed[2 * i];
      y += packed[2 * i + 1];
      xs[i] = unitX(x / scale);
      ys[i] = unitY(y / scale);
      if (xs[i] < box[0]) box[0] = xs[i];
      if (ys[i] < box[1]) box[1] = ys[i];
      if (xs[i] > box[2]) box[2] = xs[i];
      if (ys[i] > box[3]) box[3] = ys[i];
    }
    return { xs, ys, box };
  }

  function decode(file) {
    const read = (packed) => line(packed, file.scale);
    const countries = file.countries.map((country) => ({
        code: country.code,
        name: country.name,
        x: unitX(country.label[0]),
        y: unitY(country.label[1]),
        size: country.size / 360 / Math.cos((country.label[1] * Math.PI) / 180),
        tone: country.tone,
        rings: country.rings.map(read),
      }));
    return {
      countries,
      byCode: new Map([...countries].reverse().filter((c) => c.code).map((c) => [c.code, c])), // the largest of a code
      borders: file.borders.map(read),
      lakes: file.lakes.map(read),
    };
  }

  // Add a line to the path, without points nearer than `step` pixels; false where out of sight.
  function trace(frame, shape, copy, closed, step = 0.8) {
    const { c, world, left, top, width, height } = frame;
    const x0 = copy * world - left;
    const [west, north, east, south] = shape.box;
    if (east * world + x0 < 0 || west * world + x0 > width) return false;
    if (south * world - top < 0 || north * world - top > height) return false;
    const { xs, ys } = shape;
    const last = xs.length - 1;
    let px = xs[0] * world + x0, py = ys[0] * world - top;
    c.moveTo(px, py);
    for (let i = 1; i <= last; i++) {
      const x = xs[i] * world + x0, y = ys[i] * world - top;
      if (i < last && Math.abs(x - px) + Math.abs(y - py) < step) continue;
      c.lineTo(x, y);
      px = x;
      py = y;
    }
    if (closed) c.closePath();
    return true;
  }

  function outline(frame, shapes, closed, step) {
    frame.c.beginPath();
    let any = false;
    for (const copy of copies(frame)) {
      for (const shape of shapes) any = trace(frame, shape, copy, closed, step) || any;
    }
    return any;
  }

  function paint(frame, world, colours) {
    const { c } = frame;
    c.fillStyle = colours.sea;
    c.fillRect(0, 0, frame.width, frame.height);
    if (!world) return;
    const foot = frame.world - frame.top - 1;
    if (foot < frame.height) {
      c.fillStyle = colours.land[0]; // Antarctica goes on to the pole, where Mercator ends
      c.fillRect(0, foot, frame.width, frame.height - foot);
    }
    const detail = Math.min(1, Math.max(0, (frame.zoom - 1) / 4));
    c.lineJoin = "bevel";
    c.strokeStyle = colours.shore;
    c.lineWidth = 3 + 3 * detail;
    for (const country of world.countries) if (outline(frame, country.rings, true, 3)) c.stroke();
    for (const country of world.countries) {
      if (!outline(frame, country.rings, true)) continue;
      c.fillStyle = colours.land[country.code === "AQ" ? 0 : country.tone];
      c.fill("evenodd");
    }
    if (outline(frame, world.lakes, true)) {
      c.fillStyle = colours.sea;
      c.fill("evenodd");
    }
    if (outline(frame, world.borders, false)) {
      c.strokeStyle = colours.border;
      c.lineWidth = 0.8 + 0.5 * detail;
      c.stroke();
    }
  }

  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  // How wide a text is at one pixel of height: measuring is slow, and every zoom asks again.
  const TALL = 15; // pixels at which a text is measured
  const measured = new Map();
  function widthOf(c, text, face, loaded) {
    const key = `${loaded} ${face} ${text}`;
    if (!measured.has(key)) {
      c.font = `${TALL}px ${face}`;
      c.letterSpacing = "0px";
      measured.set(key, c.measureText(text).width / TALL);
    }
    return measured.get(key);
  }

  // Country names, the largest countries first, where they fit and cover no mark.
  function names(frame, chart) {
    const { c } = frame;
    const { world, colours } = chart;
    const hidden = chart.hidden(), taken = [...chart.taken];
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.fillStyle = colours.name;
    c.strokeStyle = colours.halo;
    c.lineWidth = 2.5;
    const loaded = document.fonts.check(`${TALL}px ${colours.face}`);
    for (const country of world.countries) {
      const room = country.size * frame.world;
      if (room < 22) break; // the largest come first
      if (hidden.has(country.code)) continue;
      const size = Math.min(15, Math.round(9.5 + room / 90)); // few sizes, whose letters are then at hand
      const text = room > 160 ? country.name.toUpperCase() : country.name;
      const space = room > 160 ? 2 : 0.4;
      const width = widthOf(c, text, colours.face, loaded) * size + space * text.length;
      if (width > room * 1.9) continue;
      for (const copy of copies(frame)) {
        const x = (country.x + copy) * frame.world - frame.left;
        const y = country.y * frame.world - frame.top;
        const box = [x - width / 2 - 3, y - size * 0.7, x + width / 2 + 3, y + size * 0.7];
        if (taken.some((other) => meet(other, box))) continue;
        taken.push(box);
        c.font = `${size}px ${colours.face}`;
        c.letterSpacing = space + "px";
        c.strokeText(text, x, y);
        c.fillText(text, x, y);
      }
    }
    c.letterSpacing = "0px";
  }

  window.doubletake = { unitX, unitY, unitRadius, Sheet, copies, outline, meet, decodeWorld: decode, paintWorld: paint, paintNames: names };
})();
