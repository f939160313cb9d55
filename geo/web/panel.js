// What stands around the map: search, tools, legend, the panel of a place and the list. Text of
// the data enters the page as text nodes only.
(function () {
  "use strict";
  const own = window.doubletake;
  const PAGE = 50;

  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "on") for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
    }
    for (const child of children.flat()) {
      if (child !== null && child !== undefined) node.append(child);
    }
    return node;
  }

  const SVG = "http://www.w3.org/2000/svg";
  function icon(paths, size = 20) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of Object.entries({
      viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true", fill: "none",
      stroke: "currentColor", "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round",
    })) svg.setAttribute(name, value);
    for (const [shape, attributes] of paths) {
      const node = document.createElementNS(SVG, shape);
      for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
      svg.append(node);
    }
    return svg;
  }
  const circleIcon = (edge = {}) => icon([["circle", { cx: 10, cy: 10, r: 6, class: "solid", ...edge }]], 18);
  const diamondIcon = (edge = {}) => icon([["path", { d: "M10 2.5 17.5 10 10 17.5 2.5 10Z", class: "hollow", ...edge }]], 18);
  const crossIcon = () => icon([["path", { d: "M5 5l10 10M15 5L5 15" }]], 18);
  const EDGES = [
    { "stroke-width": 2.4 },
    { "stroke-width": 1 },
    { "stroke-width": 1.5, "stroke-dasharray": "1.2 2.4" },
  ];
  const ICONS = {
    plus: [["path", { d: "M10 4v12M4 10h12" }]],
    minus: [["path", { d: "M4 10h12" }]],
    play: [["path", { d: "M6 4l10 6-10 6z" }]],
    pause: [["path", { d: "M7 4v12M13 4v12" }]],
    fit: [["path", { d: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4" }], ["circle", { cx: 10, cy: 10, r: 2 }]],
    list: [["path", { d: "M7 5h10M7 10h10M7 15h10M3 5h.01M3 10h.01M3 15h.01" }]],
    close: [["path", { d: "M5 5l10 10M15 5L5 15" }]],
    search: [["circle", { cx: 9, cy: 9, r: 5 }], ["path", { d: "M13 13l4 4" }]],
  };

  const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many || one + "s"}`;

  function button(name, label, run, attributes = {}) {
    return el("button", { type: "button", class: "dt-tool", title: label, "aria-label": label, on: { click: run }, ...attributes }, icon(ICONS[name]));
  }

  // An address of the data is followed only if it is a page of the web.
  function link(address, text) {
    let url = null;
    try {
      url = new URL(address);
    } catch {
      url = null;
    }
    if (!url || !["http:", "https:"].includes(url.protocol)) return el("span", {}, text);
    return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
  }

  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f’'`.]/g, "").toLowerCase();

  class Panel {
    constructor(chart) {
      this.chart = chart;
      this.mode = null;
      this.sort = { column: "film", up: true };
      this.limit = PAGE;
      this.build();
      chart.sidebar = () => (this.mode && window.innerWidth > 700 ? 360 : 0);
      chart.on("selected", ({ place, quiet }) => this.selected(place, quiet));
      chart.on("shown", () => this.refresh());
      chart.on("dressed", () => this.legend());
    }

    build() {
      this.state = el("div", { class: "dt-state", role: "status", "aria-live": "polite" });
      this.side = el("aside", { class: "dt-side", hidden: true, "aria-label": "Details" });
      this.listing = button("list", "List of scenes", () => this.toggleList(), { "aria-expanded": "false" });
      const { map } = this.chart;
      this.playing = button("play", "Play through the years", () => this.chart.emit("play"), { "aria-pressed": "false" });
      this.tools = el("div", { class: "dt-tools", role: "toolbar", "aria-label": "Map" },
        this.listing,
        this.playing,
        button("fit", "Fit to results", () => this.fit()),
        button("plus", "Zoom in", () => map.zoomIn()),
        button("minus", "Zoom out", () => map.zoomOut()));
      this.toggles = el("div", { class: "dt-toggles", role: "group", "aria-label": "Show on the map" });
      this.keys = el("div", { class: "dt-keybox", id: "dt-keybox", hidden: true });
      this.more = el("button", {
        type: "button", class: "dt-toggle dt-more", "aria-expanded": "false", "aria-controls": "dt-keybox",
        on: { click: () => { this.keys.hidden = !this.keys.hidden; this.more.setAttribute("aria-expanded", String(!this.keys.hidden)); } },
      }, "Key");
      this.key = el("div", { class: "dt-legend" }, this.keys, el("div", { class: "dt-bar" }, this.toggles, this.more));
      document.body.append(el("div", { class: "dt" }, this.search(), this.tools, this.key, this.side, this.state));
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && this.mode) this.close();
      });
      this.say("Loading the map…");
      this.legend();
    }

    say(text, ...more) {
      this.state.replaceChildren(...(text ? [el("p", {}, text), ...more.filter(Boolean)] : []));
      this.state.hidden = !text;
    }

    fit() {
      const bounds = this.chart.store && this.chart.store.bounds();
      if (bounds) this.chart.fit(bounds);
    }

    refresh() {
      const { store } = this.chart;
      if (!store.rows) {
        const back = el("button", { type: "button", class: "dt-plain", on: { click: () => this.chart.emit("ask", { clear: true }) } }, "Clear filters");
        this.say("No scenes match these filters.", store.size ? back : null);
      } else this.say(null);
      this.limit = PAGE;
      this.legend();
      if (this.mode === "place") this.openPlace(this.chart.selected);
      if (this.mode === "list") this.openList();
    }

    // ---- legend -------------------------------------------------------------------------------
    legend() {
      const { chart } = this;
      const toggle = (look, symbol, text) =>
        el("button", {
          type: "button", class: "dt-toggle", "aria-pressed": String(!chart.look.has(look)),
          on: { click: () => this.flip(look) },
        }, symbol, el("span", {}, text));
      const lineIcon = icon([["path", { d: "M1 15C5 7 8 5 11 5", "stroke-dasharray": "2 2.6" }], ["path", { d: "M11 5c3 0 6 3 8 8" }]], 18);
      const rows = [
        toggle("no-filming", circleIcon(), "Shot here"),
        toggle("no-story", diamondIcon(), "Plays here"),
        toggle("no-lines", lineIcon, "Who plays what"),
      ];
      const edges = ["Confirmed", "Reported", "In doubt"].map((text, i) =>
        el("span", { class: "dt-key" }, circleIcon(EDGES[i]), text));
      const wash = [
        el("span", { class: "dt-key" }, el("i", { class: "dt-wash" }), "Only the area is known"),
        el("span", { class: "dt-key" }, el("i", { class: "dt-hatch" }), "The story says only the area"),
      ];
      const colours = el("label", { class: "dt-colour" }, "Colour by ",
        el("select", { on: { change: (event) => this.colourBy(event.target.value) } },
          ["role", "franchise", "certainty", "decade"].map((name) =>
            el("option", { value: name, selected: name === "role" ? ![...chart.look].some((l) => l.startsWith("by-")) : chart.look.has("by-" + name) }, name))));
      const swatches = (chart.key || []).map(({ name, colour }) => {
        const swatch = el("i", { class: "dt-swatch" });
        swatch.style.background = colour;
        return el("span", { class: "dt-key" }, swatch, name);
      });
      const street = el("label", { class: "dt-street" },
        el("input", { type: "checkbox", checked: chart.look.has("street"), on: { change: () => this.flip("street") } }),
        "Streets, fetched from OpenStreetMap");
      const focus = this.key.contains(document.activeElement) ? [...this.key.querySelectorAll("button,select,input")].indexOf(document.activeElement) : -1;
      this.toggles.replaceChildren(...rows);
      this.keys.replaceChildren(
        el("div", { class: "dt-keys" }, edges), el("div", { class: "dt-keys" }, wash),
        colours, ...(swatches.length ? [el("div", { class: "dt-keys" }, swatches)] : []), street);
      if (focus >= 0) [...this.key.querySelectorAll("button,select,input")][focus].focus();
    }

    flip(look) {
      const next = new Set(this.chart.look);
      if (!next.delete(look)) next.add(look);
      this.chart.dress(next);
      this.chart.emit("look", [...next]);
    }

    colourBy(name) {
      const next = new Set([...this.chart.look].filter((look) => !look.startsWith("by-")));
      if (name !== "role") next.add("by-" + name);
      this.chart.dress(next);
      this.chart.emit("look", [...next]);
    }

    // ---- the panel of a place -----------------------------------------------------------------
    selected(place, quiet) {
      if (place >= 0) this.openPlace(place, !quiet);
      else if (this.mode === "place") this.close();
    }

    open(mode, label, ...content) {
      this.mode = mode;
      this.side.hidden = false;
      document.documentElement.dataset.side = mode;
      this.side.setAttribute("aria-label", label);
      this.listing.setAttribute("aria-expanded", String(mode === "list"));
      const close = button("close", "Close", () => this.close(), { class: "dt-close" });
      this.side.replaceChildren(close, ...content.flat().filter(Boolean));
    }

    close() {
      const was = this.mode;
      this.mode = null;
      this.side.hidden = true;
      delete document.documentElement.dataset.side;
      this.listing.setAttribute("aria-expanded", "false");
      if (was === "place") this.chart.select(-1);
      if (was === "list" || this.came === "list") this.listing.focus();
    }

    openPlace(place, focus = false) {
      const { store } = this.chart;
      if (place < 0 || !store) return;
      const { within, outside } = store.rowsAt(place);
      const top = this.mode === "place" && this.at === place ? this.side.scrollTop : 0;
      this.at = place;
      const title = el("h2", { tabindex: "-1" }, store.places.name[place]);
      this.open("place", store.places.name[place],
        title, this.about(place),
        this.scenes(within, place),
        outside.length ? el("h3", {}, "Outside your filters") : null, this.scenes(outside, place, true),
        this.nearby(place), this.links(place));
      this.side.scrollTop = top;
      if (focus) title.focus({ preventScroll: true });
    }

    about(place) {
      const { places } = this.chart.store;
      const what = {
        site: "An exact place", town: "A town or village", region: "A region: an area, not a point",
        country: "A country: an area, not a point", fictional: "A place of fiction: on no real map", unknown: "Its place is not known",
      }[places.precision[place]];
      return el("p", { class: "dt-about" }, [what, places.country[place]].filter(Boolean).join(" · "));
    }

    scenes(rows, place, quiet = false) {
      return el("div", { class: quiet ? "dt-scenes dt-quiet" : "dt-scenes" },
        rows.slice(0, 200).map((row) => this.scene(row, place)),
        rows.length > 200 ? el("p", {}, `and ${plural(rows.length - 200, "further scene")}`) : null);
    }

    scene(row, place) {
      const { store } = this.chart;
      const other = store.filming[row] === place ? store.setting[row] : store.filming[row];
      const sure = store.certainty[row];
      const denied = sure === own.DENIED;
      return el("article", { class: denied ? "dt-scene dt-denied" : "dt-scene" },
        el("h3", {}, store.title(row)),
        el("p", { class: "dt-plays" }, denied ? el("s", {}, store.plays(row)) : store.plays(row)),
        this.sentence(row),
        el("p", { class: "dt-sure" }, denied ? crossIcon() : circleIcon(EDGES[sure]), own.SURENESS[sure], this.origin(row)),
        this.cited(row),
        other >= 0 && other !== place && store.kind[other] !== own.NOWHERE
          ? el("button", { type: "button", class: "dt-plain", on: { click: () => this.go(other) } }, `Go to ${store.places.name[other]}`)
          : null);
    }

    // What readers kept of the news, or took from open data, is told apart from the catalogue.
    origin(row) {
      const origin = this.chart.store.texts?.origin?.[row] || "catalogue";
      const said = { news: "from the news", import: "from open data" }[origin];
      return said ? el("span", { class: "dt-origin" }, said) : null;
    }

    sentence(row) {
      const { texts } = this.chart.store;
      return el("p", { class: "dt-sentence" }, texts ? texts.sentence[row] : "…");
    }

    cited(row) {
      const { texts } = this.chart.store;
      if (!texts) return null;
      const item = (n) => {
        const { title, publisher, url, published } = texts.source;
        const more = [publisher[n], published[n]].filter((part) => part && part !== title[n]);
        return el("li", {}, link(url[n], title[n] || url[n] || "the text"), more.length ? ` — ${more.join(", ")}` : null);
      };
      return [
        el("ul", { class: "dt-sources", "aria-label": "Who says so" }, texts.sources[row].map(item)),
        texts.disputed[row].length
          ? [el("p", { class: "dt-disputed" }, "Disputed by"), el("ul", { class: "dt-sources" }, texts.disputed[row].map(item))]
          : null,
      ].flat();
    }

    go(place) {
      this.chart.fly(place);
      this.chart.select(place);
    }

    nearby(place) {
      const { store } = this.chart;
      if (store.kind[place] !== own.POINT) return null;
      const found = store.near(place, 50);
      if (!found.length) return null;
      return el("section", {}, el("h3", {}, "Within 50 km"),
        el("ul", { class: "dt-near" }, found.slice(0, 12).map(({ place: p, distance }) =>
          el("li", {}, el("button", { type: "button", class: "dt-plain", on: { click: () => this.go(p) } }, store.places.name[p]), ` ${distance < 1 ? "under 1" : Math.round(distance)} km`))));
    }

    links(place) {
      const { places } = this.chart.store;
      const lat = places.latitude[place], lon = places.longitude[place];
      if (lat === null) return null;
      const zoom = { site: 16, town: 12, region: 8, country: 5 }[places.precision[place]] || 8;
      return el("p", { class: "dt-links" },
        link(`https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=${zoom}/${lat}/${lon}`, "OpenStreetMap"),
        this.chart.store.kind[place] === own.POINT
          ? [" · ", link(`https://www.mapillary.com/app/?lat=${lat}&lng=${lon}&z=${zoom}`, "Street-level pictures")]
          : null);
    }

    // ---- the list -----------------------------------------------------------------------------
    toggleList() {
      if (this.mode === "list") this.close();
      else this.openList(true);
    }

    openList(focus = false) {
      const { store } = this.chart;
      if (!store) return;
      const top = this.mode === "list" ? this.side.scrollTop : 0;
      const rows = this.sorted();
      const head = [["film", "Film"], ["filming", "Shot in"], ["setting", "Plays"], ["certainty", "Sure"]].map(([column, text]) =>
        el("th", { scope: "col", "aria-sort": this.sort.column === column ? (this.sort.up ? "ascending" : "descending") : "none" },
          el("button", { type: "button", "data-sort": column, on: { click: () => this.sortBy(column) } }, text)));
      const title = el("h2", { tabindex: "-1" }, plural(rows.length, "scene"));
      const more = rows.length > this.limit
        ? el("button", { type: "button", class: "dt-plain", on: { click: () => { this.limit += PAGE; this.openList(); } } },
            `Show ${Math.min(PAGE, rows.length - this.limit)} more of ${(rows.length - this.limit).toLocaleString("en")}`)
        : null;
      this.open("list", "List of scenes", title,
        el("table", { class: "dt-list" }, el("thead", {}, el("tr", {}, head)),
          el("tbody", {}, rows.slice(0, this.limit).map((row) => this.line(row)))), more);
      this.side.scrollTop = top;
      if (focus) title.focus({ preventScroll: true });
    }

    line(row) {
      const { store } = this.chart;
      const denied = store.certainty[row] === own.DENIED;
      const end = (p) => {
        if (p < 0) return "–";
        const text = store.places.name[p];
        return el("button", { type: "button", class: "dt-plain", on: { click: () => this.go(p) } }, denied ? el("s", {}, text) : text);
      };
      const { filming, setting } = store;
      return el("tr", { class: denied ? "dt-denied" : null },
        el("td", {}, store.title(row)), el("td", {}, end(filming[row])),
        el("td", {}, filming[row] >= 0 && filming[row] === setting[row] ? "itself" : end(setting[row])),
        el("td", {}, own.SURENESS[store.certainty[row]]));
    }

    sorted() {
      const { store } = this.chart;
      const rows = [];
      for (let row = 0; row < store.size; row++) if (store.shownRow[row]) rows.push(row);
      const name = (p) => (p < 0 ? "\uffff" : fold(store.places.name[p]));
      const keys = {
        film: (row) => [fold(store.films.title[store.film[row]]), store.season[row] || 0],
        filming: (row) => [name(store.filming[row])],
        setting: (row) => [name(store.setting[row])],
        certainty: (row) => [store.certainty[row]],
      };
      const keyed = rows.map((row) => ({ row, key: keys[this.sort.column](row) }));
      const sign = this.sort.up ? 1 : -1;
      keyed.sort((a, b) => {
        for (let i = 0; i < a.key.length; i++) {
          if (a.key[i] < b.key[i]) return -sign;
          if (a.key[i] > b.key[i]) return sign;
        }
        return a.row - b.row;
      });
      return keyed.map(({ row }) => row);
    }

    sortBy(column) {
      this.sort = { column, up: this.sort.column === column ? !this.sort.up : true };
      this.limit = PAGE;
      this.openList();
      this.side.querySelector(`[data-sort="${column}"]`).focus();
    }

    // ---- search -------------------------------------------------------------------------------
    search() {
      const list = el("ul", { class: "dt-found", id: "dt-found", role: "listbox", "aria-label": "Found", hidden: true });
      const input = el("input", {
        type: "search", class: "dt-search-input", placeholder: "Find a film or a place", "aria-label": "Find a film or a place",
        role: "combobox", "aria-autocomplete": "list", "aria-controls": "dt-found", "aria-expanded": "false", autocomplete: "off", spellcheck: "false",
      });
      let found = [], active = -1;
      const mark = (n) => {
        active = n;
        [...list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === n)));
        if (n >= 0) input.setAttribute("aria-activedescendant", `dt-found-${n}`);
        else input.removeAttribute("aria-activedescendant");
      };
      const shut = () => {
        list.hidden = true;
        input.setAttribute("aria-expanded", "false");
        mark(-1);
      };
      const choose = (n) => {
        if (!found[n]) return;
        input.value = "";
        shut();
        this.choose(found[n]);
      };
      const update = () => {
        found = this.find(input.value);
        list.replaceChildren(...found.map((entry, i) =>
          el("li", { role: "option", id: `dt-found-${i}`, "aria-selected": "false", on: { mousedown: (event) => { event.preventDefault(); choose(i); } } },
            el("span", {}, entry.name), el("small", {}, entry.what))));
        if (!found.length && input.value.trim()) list.replaceChildren(el("li", { role: "option", "aria-disabled": "true" }, "Nothing of this name"));
        list.hidden = !input.value.trim();
        input.setAttribute("aria-expanded", String(!list.hidden));
        mark(found.length ? 0 : -1);
      };
      input.addEventListener("input", update);
      input.addEventListener("blur", shut);
      input.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && found.length) {
          event.preventDefault();
          mark((active + step + found.length) % found.length);
        } else if (event.key === "Enter") choose(active);
        else if (event.key === "Escape" && !list.hidden) {
          event.stopPropagation();
          shut();
        }
      });
      return el("div", { class: "dt-search" }, icon(ICONS.search), input, list);
    }

    // Names that begin with what is typed come first, then those that hold it.
    find(typed) {
      const { store } = this.chart;
      const wanted = fold(typed.trim());
      if (!wanted || !store) return [];
      if (!this.index || this.index.store !== store) this.index = this.indexed(store);
      const first = [], then = [];
      for (const entry of this.index.entries) {
        const at = entry.folded.indexOf(wanted);
        if (at === 0) first.push(entry);
        else if (at > 0) then.push(entry);
        if (first.length >= 12) break;
      }
      return [...first, ...then].slice(0, 12);
    }

    indexed(store) {
      const entries = [];
      const add = (name, what, value) => entries.push({ name, what, folded: fold(name), ...value });
      const titles = new Set(store.films.title);
      store.franchises.forEach((name, n) => titles.has(name) || add(name, "all its films", { franchise: n }));
      store.films.title.forEach((name, n) => add(name, store.films.year[n] ? `film, ${store.films.year[n]}` : "film", { film: n }));
      const filmed = new Set(store.filming), played = new Set(store.setting);
      store.places.name.forEach((name, p) => {
        if (!filmed.has(p) && !played.has(p)) return;
        add(name, filmed.has(p) ? "filming place" : store.kind[p] === own.NOWHERE ? "setting, fictional" : "story setting", { place: p });
      });
      return { store, entries };
    }

    choose(entry) {
      if (entry.place !== undefined) this.go(entry.place);
      else this.chart.emit("ask", entry.film !== undefined ? { film: entry.film } : { franchise: entry.franchise });
    }
  }

  Object.assign(own, { Panel, el, icon, ICONS });
})();
