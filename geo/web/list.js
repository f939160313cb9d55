// The list beside the map: the same scenes in words, sortable, by keyboard alone.
(function () {
  "use strict";
  const own = window.doubletake;
  const { el, plural, fold, circleIcon, crossIcon, EDGES } = own;
  const PAGE = (own.PAGE = 50);
  const SEASONS = 1000; // more than any series has

  Object.assign(own.Panel.prototype, {
    toggleList() {
      if (this.mode === "list") this.close();
      else this.openList(true);
    },

    openList(focus = false) {
      const { store } = this.chart;
      if (!store) return;
      const top = this.mode === "list" ? this.side.scrollTop : 0;
      const held = this.mode === "list" && this.side.contains(document.activeElement) ? document.activeElement.dataset.held : null;
      this.came = null;
      const rows = this.listed();
      const heads = [["film", "Film"], ["filming", "Shot in"], ["setting", "Plays"], ["certainty", "Sure"]];
      const head = heads.filter(([column]) => column !== "setting" || this.chart.kinds.story).map(([column, text]) =>
        el("th", { scope: "col", class: `dt-${column}`, "aria-sort": this.sort.column === column ? (this.sort.up ? "ascending" : "descending") : "none" },
          el("button", { type: "button", "data-sort": column, "data-held": column, on: { click: () => this.sortBy(column) } }, text)));
      const title = el("h2", { tabindex: "-1" }, plural(rows.length, "scene"));
      const inView = el("label", { class: "dt-inview" },
        el("input", { type: "checkbox", checked: this.inView, "data-held": "inview", on: { change: (event) => this.keepInView(event.target.checked) } }),
        "Only what is in view");
      const more = rows.length > this.limit
        ? el("button", { type: "button", class: "dt-plain", "data-held": "more", on: { click: () => this.showMore() } },
            `Show ${Math.min(PAGE, rows.length - this.limit)} more of ${(rows.length - this.limit).toLocaleString("en")}`)
        : null;
      this.open("list", "List of scenes", title, inView,
        el("table", { class: "dt-list", "aria-label": "Scenes" }, el("thead", {}, el("tr", {}, head)),
          el("tbody", {}, Array.from(rows.subarray(0, this.limit), (row) => this.line(row)))),
        rows.length ? more : el("p", {}, "None. Move the map, or list all."));
      this.side.scrollTop = top;
      if (focus) title.focus({ preventScroll: true });
      else if (held) this.side.querySelector(`[data-held="${held}"]`)?.focus({ preventScroll: true });
    },

    line(row) {
      const { store } = this.chart;
      const sure = store.certainty[row], denied = sure === own.DENIED;
      const end = (p) => {
        if (p < 0) return "–";
        const text = store.places.name[p];
        const point = (on) => () => this.chart.hover(on ? p : -1);
        return el("button", {
          type: "button", class: "dt-plain", "data-place": p,
          on: { click: () => this.go(p), mouseenter: point(true), mouseleave: point(false), focus: point(true), blur: point(false) },
        }, denied ? el("s", {}, text) : text);
      };
      const { filming, setting } = store;
      return el("tr", { class: denied ? "dt-denied" : null },
        el("th", { scope: "row" }, store.title(row)), el("td", {}, end(filming[row])),
        this.chart.kinds.story ? el("td", {}, filming[row] >= 0 && filming[row] === setting[row] ? "itself" : end(setting[row])) : null,
        el("td", { class: "dt-sure" }, denied ? crossIcon() : circleIcon(EDGES[sure]), el("span", {}, own.SURENESS[sure])));
    },

    // The rows to list, in order.
    listed() {
      const { store, kinds } = this.chart;
      if (this.sort.column === "setting" && !kinds.story) this.sort = { column: "film", up: true };
      const { column, up } = this.sort;
      if (!this.orders || this.orders.store !== store) this.orders = { store };
      const order = (this.orders[column + up] ??= this.ordered(column, up));
      const seen = this.inView ? this.placesInView() : null;
      const at = (p) => p >= 0 && seen[p];
      return order.filter((row) => store.shownRow[row] && (!seen || at(store.filming[row]) || (kinds.story && at(store.setting[row]))));
    },

    // All rows by a column; those that have nothing in it come last either way.
    ordered(column, up) {
      const { store } = this.chart;
      const { size } = store;
      const rank = (names) => {
        const folded = names.map(fold);
        const number = new Map([...new Set(folded)].sort().map((name, i) => [name, i]));
        return folded.map((name) => number.get(name));
      };
      const of = { film: store.films.title, certainty: [0, 1, 2, 3].map(String) }[column] || store.places.name;
      const ranks = rank(of), values = store[column];
      const keyed = Float64Array.from({ length: size }, (none, row) => {
        const value = values[row];
        const place = value < 0 ? ranks.length : up ? ranks[value] : ranks.length - 1 - ranks[value];
        const season = column === "film" ? Math.min(SEASONS - 1, store.season[row] || 0) : 0;
        return (place * SEASONS + season) * size + row;
      });
      return Int32Array.from(keyed.sort(), (key) => key % size);
    },

    // Which places lie in the part of the world that the map shows, in whichever of its copies.
    placesInView() {
      const { store, map } = this.chart;
      const bounds = map.getBounds();
      const west = own.unitX(bounds.getWest()), wide = own.unitX(bounds.getEast()) - west;
      const north = own.unitY(bounds.getNorth()), south = own.unitY(bounds.getSouth());
      const beyond = (x) => x - west - Math.floor(x - west);
      return Uint8Array.from(store.x, (x, p) => store.y[p] >= north && store.y[p] <= south && beyond(x) <= wide);
    },

    keepInView(on) {
      this.inView = on;
      this.limit = PAGE;
      this.openList();
    },

    showMore() {
      const before = this.limit;
      this.limit += PAGE;
      this.openList();
      this.side.querySelectorAll("tbody tr")[before]?.querySelector("button")?.focus();
    },

    // Back to the list, as it was when a place was chosen in it.
    returnToList(top) {
      this.openList();
      this.side.scrollTop = top;
      const place = this.side.querySelector(`[data-place="${this.at}"]`);
      (place || this.listing).focus({ preventScroll: true });
    },

    sortBy(column) {
      this.sort = { column, up: this.sort.column === column ? !this.sort.up : true };
      this.limit = PAGE;
      this.openList();
      this.side.querySelector(`[data-sort="${column}"]`).focus();
    },
  });
})();
