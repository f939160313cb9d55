// What stands around the map: its tools, its state, and the panel of a place.
(function () {
  "use strict";
  const own = window.doubletake;
  const { el, circleIcon, crossIcon, EDGES, plural, button, link } = own;

  const AROUND = 12; // places near the one chosen that are named at once

  class Panel {
    constructor(chart) {
      this.chart = chart;
      this.mode = null;
      this.sort = { column: "film", up: true };
      this.limit = own.PAGE;
      this.around = AROUND;
      this.inView = false; // whether the list leaves out what the map does not show
      this.came = null; // how far down the list was when a place was chosen in it
      this.build();
      // How much of the map what is open covers, in pixels from the right and from below.
      chart.covered = () => (!this.mode ? [0, 0] : window.innerWidth > 700 ? [this.side.offsetWidth + 16, 0] : [0, this.side.offsetHeight]);
      chart.on("selected", ({ place, quiet }) => this.selected(place, quiet));
      chart.on("shown", () => this.refresh());
      chart.on("dressed", () => {
        this.legend();
        this.renew();
      });
      chart.map.on("moveend", () => this.mode === "list" && this.inView && this.openList());
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
      const lost = el("p", { class: "dt-lost", role: "status", hidden: true });
      this.chart.on("lost", (on) => {
        lost.hidden = !on;
        lost.textContent = on ? "No connection. The map goes on; the filters wait for the server." : "";
      });
      document.body.append(el("div", { class: "dt" }, this.search(), this.tools, this.key, this.side, this.state, lost));
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
        if (store.size) this.say("No scenes match these filters.", back);
        else this.say("The catalogue holds no scene yet.");
      } else this.say(null);
      this.limit = own.PAGE;
      if (this.came !== null) this.came = 0;
      this.legend();
      this.renew();
    }

    // Say anew what is open.
    renew() {
      if (this.mode === "place") this.openPlace(this.chart.selected);
      if (this.mode === "list") this.openList();
    }

    // ---- the panel of a place -----------------------------------------------------------------
    selected(place, quiet) {
      if (place >= 0) this.openPlace(place, !quiet);
      else if (this.mode === "place") this.close();
    }

    open(mode, label, ...content) {
      this.mode = mode;
      this.chart.hover(-1);
      this.side.hidden = false;
      document.documentElement.dataset.side = mode;
      this.side.setAttribute("aria-label", label);
      this.listing.setAttribute("aria-expanded", String(mode === "list"));
      const back = mode === "place" && this.came !== null;
      const close = button(back ? "back" : "close", back ? "Back to the list" : "Close", () => this.close(), { class: "dt-close" });
      this.side.replaceChildren(close, ...content.flat().filter(Boolean));
    }

    // Close what is open; a place that was chosen in the list leads back to the list.
    close() {
      const was = this.mode, back = was === "place" ? this.came : null;
      this.mode = this.came = null;
      this.chart.hover(-1);
      this.side.hidden = true;
      delete document.documentElement.dataset.side;
      this.listing.setAttribute("aria-expanded", "false");
      if (was === "place") this.chart.select(-1);
      if (back !== null) this.returnToList(back);
      else if (was === "list") this.listing.focus();
    }

    openPlace(place, focus = false) {
      const { store } = this.chart;
      if (place < 0 || !store) return;
      const { within, outside } = store.rowsAt(place);
      const same = this.mode === "place" && this.at === place;
      const top = same ? this.side.scrollTop : 0;
      if (!same) this.around = AROUND;
      if (this.mode === "list") this.came = this.side.scrollTop; // closing leads back there
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
      return el("p", { class: "dt-about" }, [what, own.country(places.country[place])].filter(Boolean).join(" · "));
    }

    scenes(rows, place, quiet = false) {
      return el("div", { class: quiet ? "dt-scenes dt-quiet" : "dt-scenes" },
        rows.slice(0, 200).map((row) => this.scene(row, place)),
        rows.length > 200 ? el("p", {}, `and ${plural(rows.length - 200, "further scene")}`) : null);
    }

    scene(row, place) {
      const { store } = this.chart;
      const sure = store.certainty[row];
      const denied = sure === own.DENIED;
      const says = (text) => el("p", { class: "dt-plays" }, denied ? el("s", {}, text) : text);
      const ends = [store.filming[row], store.setting[row]].filter((p) => p >= 0 && p !== place && store.kind[p] !== own.NOWHERE);
      const ways = ends.map((p) => el("button", { type: "button", class: "dt-plain", on: { click: () => this.go(p) } }, `Go to ${store.places.name[p]}`));
      const told = [says(store.plays(row)), this.sentence(row), ...ways];
      return el("article", { class: denied ? "dt-scene dt-denied" : "dt-scene" },
        el("h3", {}, store.title(row)),
        this.chart.kinds.story || store.setting[row] < 0 ? told : this.spoiler(row, says, told),
        el("p", { class: "dt-sure" }, denied ? crossIcon() : circleIcon(EDGES[sure]), own.SURENESS[sure], this.origin(row)),
        this.cited(row));
    }

    // With settings hidden, what a scene plays is told only to whoever asks for it.
    spoiler(row, says, told) {
      const { store } = this.chart;
      const filming = store.filming[row];
      return [
        filming >= 0 ? says(`Shot in ${store.places.name[filming]}`) : null,
        el("details", { class: "dt-spoiler" }, el("summary", {}, "Show what it plays"), told),
      ];
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
      const found = store.near(place, 50, this.chart.kinds);
      if (!found.length) return null;
      const line = ({ place: p, distance }) =>
        el("li", { class: store.filmed[p] || store.played[p] ? null : "dt-quiet" },
          el("button", { type: "button", class: "dt-plain", on: { click: () => this.go(p) } }, store.places.name[p]),
          ` ${distance < 1 ? "under 1" : Math.round(distance)} km`,
          store.filmed[p] || store.played[p] ? null : ", outside your filters");
      return el("section", {}, el("h3", {}, `Within 50 km: ${plural(found.length, "place")}`),
        el("ul", { class: "dt-near" }, found.slice(0, this.around).map(line)),
        found.length > this.around
          ? el("button", { type: "button", class: "dt-plain", on: { click: () => this.moreAround() } }, `Show ${(found.length - this.around).toLocaleString("en")} more`)
          : null);
    }

    moreAround() {
      const before = this.around;
      this.around = Infinity;
      this.openPlace(this.at);
      this.side.querySelectorAll(".dt-near button")[before]?.focus();
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

  }

  Object.assign(own, { Panel });
})();
