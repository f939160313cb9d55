// The map's state, its two canvases, and what the pointer does.
(function () {
  "use strict";
  const own = window.doubletake;

  class Chart {
    constructor(map, options) {
      this.map = map;
      this.options = options;
      this.store = null;
      this.world = null;
      this.selected = this.hovered = -1;
      this.look = new Set();
      this.kinds = { filming: true, story: true, lines: true };
      this.hits = [];
      this.lit = []; // places named because they are chosen or pointed at, or at the other end
      this.taken = [];
      this.listeners = {};
      this.theme();
      map.createPane("world").style.zIndex = 150;
      map.createPane("marks").style.zIndex = 450;
      map.getPane("marks").style.pointerEvents = "none";
      const none = () => !this.store || (this.selected < 0 && this.hovered < 0);
      this.ground = new own.Sheet("world", (frame) => own.paintWorld(frame, this.world, this.colours), 0.25);
      this.under = new own.Sheet("marks", (frame) => own.paintLit(frame, this), own.BEYOND, none);
      this.sheet = new own.Sheet("marks", (frame) => this.paint(frame), own.BEYOND);
      const silent = () => !this.store || !this.world || Boolean(this.tiles);
      this.names = new own.Sheet("marks", (frame) => own.paintNames(frame, this), own.BEYOND, silent);
      this.top = new own.Sheet("marks", (frame) => own.paintGlow(frame, this), own.BEYOND, none);
      for (const sheet of [this.ground, this.under, this.sheet, this.names, this.top]) sheet.addTo(map);
      map.on("mousemove", (event) => this.point(event.containerPoint));
      map.on("mouseout", () => this.hover(-1));
      map.on("click", (event) => this.click(event.containerPoint));
      map.on("zoomstart", () => (this.fan = null));
    }

    on(name, listener) {
      (this.listeners[name] = this.listeners[name] || []).push(listener);
    }

    emit(name, value) {
      for (const listener of this.listeners[name] || []) listener(value);
    }

    // Light or dark as the page around has it: Streamlit hands its colours down as variables.
    theme() {
      const style = getComputedStyle(document.documentElement);
      const background = style.getPropertyValue("--background-color").trim();
      const hex = /^#([0-9a-f]{6})/i.exec(background);
      const light = hex ? parseInt(hex[1].slice(0, 2), 16) + parseInt(hex[1].slice(2, 4), 16) > 256 : true;
      const name = light ? "light" : "dark";
      if (document.documentElement.dataset.theme === name) return;
      document.documentElement.dataset.theme = name;
      this.colours = light ? own.LIGHT : own.DARK;
      this.recolour();
      if (this.ground) this.repaint(true);
    }

    // Countries that are drawn as areas name themselves; the basemap keeps silent there.
    hidden() {
      const { places, areas } = this.store;
      return new Set(areas.filter((p) => places.precision[p] === "country").map((p) => places.country[p]));
    }

    take(store) {
      this.store = store;
      this.recolour();
    }

    // Show the rows of `bits`, or all for null.
    show(bits) {
      this.store.show(bits);
      this.fan = null;
      this.recolour();
      this.repaint(false);
      this.emit("shown");
    }

    // Take over a look; `quiet` where what is shown changes next, and is painted then.
    dress(look, quiet = false) {
      this.look = new Set(look);
      this.kinds = {
        filming: !this.look.has("no-filming"),
        story: !this.look.has("no-story"),
        lines: !this.look.has("no-lines"),
      };
      this.street(this.look.has("street"));
      this.recolour();
      if (!quiet) this.repaint(false);
      this.emit("dressed");
    }

    street(on) {
      if (on && !this.tiles) {
        this.tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
          maxZoom: 19,
          className: "street",
          attribution:
            'streets © <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">OpenStreetMap contributors</a>',
        }).addTo(this.map);
      } else if (!on && this.tiles) {
        this.tiles.remove();
        this.tiles = null;
      }
    }

    // Colour by a column. Of franchises the six fullest have a colour of their own and the others
    // one together; certainties and decades have one each. A place of several takes that of most
    // of its scenes, or of the surest.
    recolour() {
      this.tint = this.shades = null;
      this.key = [];
      const by = ["franchise", "certainty", "decade"].find((name) => this.look.has("by-" + name));
      if (!this.store || !by) return;
      const { store } = this;
      const value = own.COLUMNS[by](store);
      const counts = new Map();
      for (let row = 0; row < store.size; row++) {
        if (store.shownRow[row] && store.certainty[row] !== own.DENIED) counts.set(value(row), (counts.get(value(row)) || 0) + 1);
      }
      const { order, colours, names } = this.palette(by, counts);
      const number = new Map(order.map((one, i) => [one, i]));
      const pick = (row) => number.get(value(row)) ?? order.length;
      this.tint = (row) => colours[pick(row)];
      this.key = names.map((name, i) => ({ name, colour: colours[i] }));
      this.shades = { ...store.leading(pick, names.length, by === "certainty"), colours };
    }

    // The values that have a colour of their own, and colour and name of each; what is none of them
    // has the last of both.
    palette(by, counts) {
      const { store, colours } = this;
      if (by !== "franchise") {
        const order = [...counts.keys()].sort((a, b) => a - b);
        if (by === "certainty") return { order, colours: order.map((sure) => colours.scale[sure]), names: order.map((sure) => own.SURENESS[sure]) };
        const known = order.filter(isFinite); // a film without a year comes last
        const names = known.map((decade) => `${decade}0s`);
        if (known.length === order.length) return { order, colours: own.along(colours.ramp, order.length), names };
        return { order, colours: [...own.along(colours.ramp, known.length), colours.scale[own.OTHER]], names: [...names, "Year unknown"] };
      }
      const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([franchise]) => franchise);
      const order = ranked.length > own.OTHER + 1 ? ranked.slice(0, own.OTHER) : ranked;
      const names = order.map((franchise) => store.franchises[franchise]);
      return { order, colours: colours.scale, names: order.length < ranked.length ? [...names, "Other"] : names };
    }

    repaint(ground) {
      if (ground) this.ground.redraw();
      this.sheet.redraw();
      this.shine();
    }

    // Paint anew what has come late, the basemap or a font: with what else is due.
    refresh(ground) {
      if (ground) this.ground.soon();
      this.sheet.soon();
    }

    // Lines of what is chosen or pointed at, below the marks, and what stands out above them.
    shine() {
      this.lit = [];
      this.under.redraw();
      this.top.redraw();
    }

    paint(frame) {
      if (!this.store) return;
      const { hits, tally, taken } = own.paintMarks(frame, this);
      this.hits = hits;
      this.taken = taken;
      this.names.soon(); // where the marks leave room
      const box = this.map.getContainer();
      for (const [name, count] of Object.entries(tally)) box.dataset[name] = count;
      box.dataset.rows = this.store.rows;
      box.dataset.selected = this.selected;
      box.dataset.zoom = this.map.getZoom();
      box.dataset.painted = Number(box.dataset.painted || 0) + 1;
    }

    // What lies under a point of the container: the nearest mark, else an area's name or heart.
    find(point) {
      const frame = this.sheet.frame;
      if (!frame) return null;
      const origin = this.map.getPixelOrigin();
      const layer = this.map.containerPointToLayerPoint(point);
      const x = layer.x + origin.x - frame.left, y = layer.y + origin.y - frame.top;
      let best = null, nearest = Infinity;
      for (const hit of this.hits) {
        const inLabel = hit.label && x >= hit.label[0] && x <= hit.label[2] && y >= hit.label[1] && y <= hit.label[3];
        const reach = hit.area ? Math.min(hit.radius, 26) : Math.max(hit.radius, 12) + 4;
        const distance = inLabel ? 0 : Math.hypot(hit.x - x, hit.y - y);
        if (distance > reach) continue;
        const rank = distance + (hit.area ? 100 : hit.fanned ? -50 : 0);
        if (rank < nearest) [best, nearest] = [hit, rank];
      }
      return best;
    }

    point(at) {
      const hit = this.find(at);
      this.map.getContainer().style.cursor = hit ? "pointer" : "";
      this.hover(hit && hit.place >= 0 ? hit.place : -1);
    }

    hover(place) {
      if (place === this.hovered) return;
      this.hovered = place;
      cancelAnimationFrame(this.waiting);
      this.waiting = requestAnimationFrame(() => this.shine());
    }

    click(at) {
      const hit = this.find(at);
      if (!hit) {
        if (this.fan) this.spread(null);
        else this.select(-1);
      } else if (hit.place >= 0) this.select(hit.place);
      else this.open(hit);
    }

    // A cluster opens by zooming in, or fans out where zooming would not part its members.
    open(hit) {
      const { latitude, longitude } = this.store.places;
      const bounds = L.latLngBounds(hit.members.map((p) => [latitude[p], longitude[p]]));
      const wide = this.map.project(bounds.getNorthEast(), 17).distanceTo(this.map.project(bounds.getSouthWest(), 17));
      if (wide < 40 || this.map.getZoom() >= 17) this.spread(hit.at);
      else this.fit(bounds, 17);
    }

    spread(item) {
      this.fan = item;
      this.repaint(false);
    }

    select(place, quiet = false) {
      if (place === this.selected) return;
      this.selected = place;
      this.map.getContainer().dataset.selected = place;
      this.shine();
      this.emit("selected", { place, quiet });
    }

    calm() {
      return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    }

    fit(bounds, maxZoom = 9, animate = !this.calm()) {
      const [right, below] = this.covered ? this.covered() : [0, 0];
      const wide = this.map.getSize().x > 700;
      this.map.fitBounds(bounds, {
        maxZoom,
        animate,
        paddingTopLeft: wide ? [70, 70] : [26, 70],
        paddingBottomRight: wide ? [70 + right, 50] : [26, 40 + below],
      });
    }

    // Lead to a place and to the other ends of its lines, along which these may cross the date line.
    lead(place) {
      const pairs = own.pairsOf(this, [place]);
      if (!pairs.length) return this.fly(place, false);
      const { latitude } = this.store.places;
      const points = pairs.flatMap((pair) => {
        const { xs, last } = own.pathOf(this.store, pair);
        const ends = [[latitude[pair.filming], xs[0]], [latitude[pair.setting], xs[last]]];
        const from = pair.filming === place ? 0 : 1;
        const turns = Math.round(this.store.x[place] - ends[from][1]);
        return ends.map(([lat, x]) => [lat, (x + turns - 0.5) * 360]);
      });
      this.fit(points, 7, false);
    }

    // Bring a place into the part of the map that its panel will leave free.
    fly(place, animate = !this.calm()) {
      const { latitude, longitude, precision } = this.store.places;
      if (latitude[place] === null) return;
      // As near as the ground has something to show.
      const near = this.tiles ? { site: 15, town: 12, region: 7, country: 5 } : { site: 7, town: 6.5, region: 5, country: 4 };
      const least = near[precision[place]] || 4;
      const zoom = Math.max(least, this.map.getZoom());
      const size = this.map.getSize();
      const free = size.x > 700 ? [180, 0] : [0, size.y * 0.27];
      const at = this.map.project([latitude[place], longitude[place]], zoom).add(free);
      this.map.setView(this.map.unproject(at, zoom), zoom, { animate });
    }
  }

  own.SURENESS = ["Confirmed", "Reported", "In doubt", "Denied"];
  // What marks may be coloured by, as numbers of rows.
  own.COLUMNS = {
    franchise: ({ film, films }) => (row) => films.franchise[film[row]],
    certainty: ({ certainty }) => (row) => certainty[row],
    decade: ({ film, films }) => (row) => (films.year[film[row]] ? Math.floor(films.year[film[row]] / 10) : Infinity),
  };
  own.Chart = Chart;
})();
