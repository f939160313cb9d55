// Search as you type over films, franchises and places.
(function () {
  "use strict";
  const own = window.doubletake;
  const { el, icon, ICONS, fold } = own;

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
    },

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
    },

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
    },

    choose(entry) {
      if (entry.place !== undefined) this.go(entry.place);
      else this.chart.emit("ask", entry.film !== undefined ? { film: entry.film } : { franchise: entry.franchise });
    },
  });
})();
