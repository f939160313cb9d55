// The legend: what the marks mean, each kind to be hidden, colours to be chosen.
(function () {
  "use strict";
  const own = window.doubletake;
  const { el, icon, circleIcon, diamondIcon, EDGES } = own;

  Object.assign(own.Panel.prototype, {
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
      const note = (text) => el("p", { class: "dt-note" }, text);
      const by = ["franchise", "certainty", "decade"].find((name) => chart.look.has("by-" + name));
      const several = by && note(by === "certainty" ? "A place of several scenes: the surest." : `A place of several: the ${by} of most of its scenes.`);
      const many = chart.kinds.lines && chart.store && chart.store.pairs.length > own.MANY
        ? note(`${chart.store.pairs.length.toLocaleString("en")} lines are too many to draw: point at a place, or filter.`) : null;
      this.key.classList.toggle("dt-tinted", Boolean(by));
      const focus = this.key.contains(document.activeElement) ? [...this.key.querySelectorAll("button,select,input")].indexOf(document.activeElement) : -1;
      this.toggles.replaceChildren(...rows);
      this.keys.replaceChildren(
        el("div", { class: "dt-keys" }, edges), el("div", { class: "dt-keys" }, wash), ...(many ? [many] : []),
        colours, ...(swatches.length ? [el("div", { class: "dt-keys" }, swatches), several] : []), street,
        note("Settings give stories away: “Plays here” hides them everywhere."));
      if (focus >= 0) [...this.key.querySelectorAll("button,select,input")][focus].focus();
    },

    // Turn a look on or off. One kind of mark at least stays: without the one, the other comes back.
    flip(look) {
      const next = new Set(this.chart.look);
      if (!next.delete(look)) next.add(look);
      const other = { "no-filming": "no-story", "no-story": "no-filming" }[look];
      if (next.has(look) && other) next.delete(other);
      this.chart.dress(next);
      this.chart.emit("look", [...next]);
    },

    colourBy(name) {
      const next = new Set([...this.chart.look].filter((look) => !look.startsWith("by-")));
      if (name !== "role") next.add("by-" + name);
      this.chart.dress(next);
      this.chart.emit("look", [...next]);
    },
  });
})();
