// Play through the years: what is shown appears year by year, without asking the server.
(function () {
  "use strict";
  const own = window.doubletake;
  const PACE = 900; // milliseconds a year that has films

  function play(chart, panel) {
    let timer = null, kept = null;
    const label = own.el("p", { class: "dt-year", hidden: true, "aria-live": "polite" });
    document.body.append(label);

    const dress = (on) => {
      panel.playing.replaceChildren(own.icon(own.ICONS[on ? "pause" : "play"]));
      panel.playing.setAttribute("aria-pressed", String(on));
    };

    // Only the rows of films out by then, of those that the filter leaves.
    const upTo = (year) => {
      const { film, films } = chart.store;
      const isOut = (row) => films.year[film[row]] !== null && films.year[film[row]] <= year;
      label.textContent = year;
      chart.show(own.packed(kept.length, (row) => kept[row] && isOut(row)));
    };

    const stop = () => {
      if (timer === null) return;
      clearTimeout(timer);
      timer = null;
      label.hidden = true;
      dress(false);
      chart.show(own.packed(kept.length, (row) => kept[row]));
    };

    const start = () => {
      const { store } = chart;
      kept = store.shownRow.slice();
      const years = new Set();
      kept.forEach((on, row) => on && years.add(store.films.year[store.film[row]]));
      years.delete(null);
      const left = [...years].sort((a, b) => a - b);
      if (!left.length) return;
      label.hidden = false;
      dress(true);
      const step = () => {
        if (!left.length) return stop();
        upTo(left.shift());
        timer = setTimeout(step, left.length ? PACE : 2 * PACE);
      };
      step();
    };

    chart.on("play", () => (timer === null ? chart.store && start() : stop()));
    chart.on("stop", stop);
  }

  own.play = play;
})();
