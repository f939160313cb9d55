// The list beside the map: the same scenes in words, sortable, by keyboard alone.
(function () {
  "use strict";
  const own = window.doubletake;
  const { el, plural, fold } = own;
  const PAGE = (own.PAGE = 50);

  Object.assign(own.Panel.prototype, {
    toggleList() {
      if (this.mode === "list") this.close();
      else this.openList(true);
    },

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
    },

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
    },

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
    },

    sortBy(column) {
      this.sort = { column, up: this.sort.column === column ? !this.sort.up : true };
      this.limit = PAGE;
      this.openList();
      this.side.querySelector(`[data-sort="${column}"]`).focus();
    },
  });
})();
