// What the filters around the map will leave, shown before the server has said so.
//
// The filters are Streamlit's own, in the page around the frame. What they show as chosen is read
// from their names and roles, and the same rows are picked here as geo/view.py picks them there, so
// that a click is answered at once. The server keeps the last word: what it sends is shown, unless
// it answers an earlier click and another answer is still to come.
(function () {
  "use strict";
  const own = window.doubletake;
  const PATIENCE = 1500; // milliseconds that an answer may still be on its way
  const RECENT = 1000; // milliseconds after a key or a click in which a change is the reader's
  const SEPARATOR = " · "; // between the name of an option and its count
  const ROLES = { "Where it was shot": "filming", "Where it plays": "setting" };

  const names = (nodes, read) => [...new Set([...nodes].map(read))].map((text) => text.slice(0, text.lastIndexOf(SEPARATOR)));

  // What is chosen, by name: {franchise, film, role, certainty: lists, years: [first, last] or
  // null}; null where the filters are not there, as in a closed drawer.
  function chosen(page, hasYears) {
    const found = { years: null };
    for (const key of ["franchise", "film", "role", "certainty", "years"]) {
      const filter = page.querySelector(`.st-key-${key}`);
      if (!filter && (key !== "years" || hasYears)) return null;
      if (key === "franchise" || key === "film") {
        found[key] = names(filter.querySelectorAll("[data-tag]"), (tag) => tag.getAttribute("aria-label") || "");
      } else if (key !== "years") {
        found[key] = names(filter.querySelectorAll("button[aria-pressed=true]"), (pill) => pill.textContent);
      } else if (hasYears) {
        const [first, last] = filter.querySelectorAll("input[type=range]");
        if (!last) return null;
        if (first.value !== first.min || last.value !== last.max) found.years = [Number(first.value), Number(last.value)];
      }
    }
    return found;
  }

  // Columns and the numbers of the options' names in them, made once for a store.
  function index(store) {
    const films = new Map();
    store.films.title.forEach((title, n) => {
      const name = title + (store.films.year[n] ? ` (${store.films.year[n]})` : "");
      films.set(name, films.has(name) ? undefined : n); // which of two alike only the server knows
    });
    return {
      store,
      film: films,
      franchise: new Map(store.franchises.map((name, n) => [name, n])),
      certainty: new Map(own.SURENESS.map((name, n) => [name, n])),
    };
  }

  // The rows that `asked` leaves of those `within` (bits, or null for all), as bits; null where an
  // option is not known.
  function bits(known, asked, within) {
    const { store } = known;
    const wanted = {};
    for (const key of ["film", "franchise", "certainty"]) {
      const numbers = asked[key].map((name) => known[key].get(name));
      if (numbers.includes(undefined)) return null;
      wanted[key] = numbers.length ? new Set(numbers) : null;
    }
    const ends = asked.role.map((name) => ROLES[name]);
    if (ends.includes(undefined)) return null;
    const { year, franchise } = store.films;
    const [first, last] = asked.years || [];
    const films = year.map(
      (released, n) =>
        (!wanted.film || wanted.film.has(n)) &&
        (!wanted.franchise || wanted.franchise.has(franchise[n])) &&
        (!asked.years || (released !== null && released >= first && released <= last)),
    );
    const packed = own.packed(store.size, (row) =>
      films[store.film[row]] &&
      (!wanted.certainty || wanted.certainty.has(store.certainty[row])) &&
      (!ends.length || ends.some((end) => store[end][row] >= 0)));
    return within ? packed.map((byte, i) => byte & within[i]) : packed;
  }

  const same = (a, b) => a !== null && b !== null && a.length === b.length && a.every((byte, i) => byte === b[i]);

  class Foresight {
    constructor(chart) {
      Object.assign(this, { chart, lost: false, filters: null, last: null, shown: null, key: "", known: null, touched: -Infinity });
      try {
        this.watch(window.parent.document);
      } catch {
        // A page of another origin around us keeps its filters to itself: the server answers alone.
      }
    }

    watch(page) {
      this.page = page;
      const gone = new AbortController();
      for (const act of ["pointerdown", "pointermove", "pointerup", "click", "keydown"]) {
        const note = (event) => {
          if (act !== "pointermove" || event.buttons) this.touched = performance.now();
        };
        page.addEventListener(act, note, { capture: true, passive: true, signal: gone.signal });
      }
      const observer = new MutationObserver(() => {
        this.look();
        this.around();
      });
      observer.observe(page.body, {
        subtree: true, childList: true, attributes: true, attributeFilter: ["aria-pressed", "aria-valuetext", "data-tag", "disabled"],
      });
      this.around();
      window.addEventListener("pagehide", () => {
        gone.abort();
        observer.disconnect();
      });
    }

    // What else the page around has to say: filters that are dead, because the server is gone; and
    // a phone's drawer, which is called what stands on it (pages/style.css).
    around() {
      const lost = Boolean(this.page.querySelector(".st-key-role button:disabled"));
      if (lost !== this.lost) this.chart.emit("lost", (this.lost = lost));
      const drawer = this.page.querySelector("[data-testid=stExpandSidebarButton]");
      const name = drawer && this.page.defaultView.getComputedStyle(drawer, "::after").content.replace(/"/g, "");
      if (name && name !== "none" && drawer.getAttribute("aria-label") !== name) drawer.setAttribute("aria-label", name);
    }

    // Show what the reader has chosen, where that is something new.
    look() {
      if (!this.filters || !this.chart.store || performance.now() - this.touched > RECENT) return;
      const asked = chosen(this.page, this.filters.years);
      const key = JSON.stringify(asked);
      if (!asked || key === this.key) return;
      this.key = key;
      this.show(this.foreseen(asked));
      if (this.timer) this.wait();
    }

    foreseen(asked) {
      if (!this.known || this.known.store !== this.chart.store) this.known = index(this.chart.store);
      return bits(this.known, asked, this.filters.within);
    }

    show(wanted) {
      if (!wanted || same(wanted, this.shown)) return;
      this.shown = wanted;
      this.chart.emit("stop");
      this.chart.show(wanted);
    }

    // The server's answer: bits, and `filters` where those around the map made it; a command of the
    // server's own moves the filters after the map.
    answer(sent, filters, commanded) {
      this.last = sent;
      this.filters = filters;
      this.stop();
      if (commanded) this.touched = -Infinity;
      const asked = filters && this.page && !commanded ? chosen(this.page, filters.years) : null;
      this.key = JSON.stringify(asked);
      const expected = asked && this.foreseen(asked);
      if (expected && !same(expected, sent) && same(expected, this.shown)) this.wait();
      else this.show(sent);
    }

    // Another catalogue is on the map: nothing of it has been shown.
    forget() {
      this.shown = this.last = null;
    }

    stop() {
      clearTimeout(this.timer);
      this.timer = null;
    }

    wait() {
      this.stop();
      this.timer = setTimeout(() => this.show(this.last), PATIENCE);
    }
  }

  own.Foresight = Foresight;
})();
