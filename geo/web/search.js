// Search as you type over films, franchises and places.
(function () {
  "use strict";
  const own = window.doubletake;
  const { el, icon, ICONS, fold } = own;

  // How well a name answers what is typed: 0 where it begins so, 1 a word of it, 2 anything, 3 not.
  function rank(name, wanted) {
    const at = name.indexOf(wanted);
    if (at <= 0) return at === 0 ? 0 : 3;
    return name.includes(" " + wanted) ? 1 : 2;
  }

  Object.assign(own.Panel.prototype, {
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
            el("span", {}, entry.name, entry.also ? el("small", {}, ` ${entry.also}`) : null), el("small", {}, entry.what))));
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
    },

    // Names that begin with what is typed come first, then those in which a word does, then those
    // that hold it; among alike ones those of most scenes. Another name of a thing counts a little
    // less than its own, and is told.
    find(typed) {
      const { store, kinds } = this.chart;
      const wanted = fold(typed.trim());
      if (!wanted || !store) return [];
      if (!this.index || this.index.store !== store || this.index.texts !== store.texts) this.index = this.indexed(store);
      const tiers = [[], [], [], [], [], []];
      for (const entry of this.index.entries) {
        if (entry.story && !kinds.story) continue; // hidden as spoilers
        const ranks = entry.folded.map((name, i) => 2 * rank(name, wanted) + (i ? 1 : 0));
        const best = ranks.reduce((least, at, i) => (at < ranks[least] ? i : least), 0);
        if (ranks[best] < 6) tiers[ranks[best]].push({ ...entry, also: best ? entry.others[best - 1] : null });
      }
      return tiers.flatMap((tier) => tier.sort((a, b) => b.weight - a.weight)).slice(0, 12);
    },

    indexed(store) {
      const entries = [];
      const add = (name, what, weight, value, others = []) =>
        entries.push({ name, what, weight, others, folded: [name, ...others].map(fold), ...value });
      const { filmed, played, perFilm, perFranchise } = store.tally();
      const titles = new Set(store.films.title);
      const also = store.texts?.also || {};
      store.franchises.forEach((name, n) => titles.has(name) || add(name, "all its films", perFranchise[n], { franchise: n }));
      store.films.title.forEach((name, n) =>
        add(name, [["film", "series"][store.films.kind?.[n] || 0], store.films.year[n]].filter(Boolean).join(", "), perFilm[n], { film: n }, also.films?.[n]));
      store.places.name.forEach((name, p) => {
        if (!filmed[p] && !played[p]) return;
        const what = filmed[p] ? "shot here" : store.kind[p] === own.NOWHERE ? "fictional" : "plays here";
        const country = store.places.precision[p] === "country" ? null : own.country(store.places.country[p]);
        add(name, [country, what].filter(Boolean).join(", "), filmed[p] + played[p], { place: p, story: !filmed[p] }, also.places?.[p]);
      });
      return { store, texts: store.texts, entries };
    },

    choose(entry) {
      if (entry.place !== undefined) this.go(entry.place);
      else this.chart.emit("ask", entry.film !== undefined ? { film: entry.film } : { franchise: entry.franchise });
    },
  });
})();
