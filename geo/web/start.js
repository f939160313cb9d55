// Ties the layer to the page: fetches its files once, shows what the server asks for, and tells
// the server what the reader does.
(function () {
  "use strict";
  const own = window.doubletake;
  let chart = null, panel = null, foresight = null, waiting = null, command = null, timer = null;
  let known = "", touched = false, begin = null;
  const told = {};

  const round = (value, digits) => Number(value.toFixed(digits));
  const position = () => {
    const { lat, lng } = chart.map.getCenter().wrap();
    return [round(lat, 4), round(lng, 4), round(chart.map.getZoom(), 2)].join();
  };
  // What the map shows now is nothing to tell: the server asked for it, or knows it already.
  const here = () => (known = position());

  async function file(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
    return answer.json();
  }

  own.attach = function (map, options) {
    const box = map.getContainer();
    chart = own.chart = new own.Chart(map, options);
    panel = own.panel = new own.Panel(chart);
    own.play(chart, panel);
    foresight = new own.Foresight(chart);
    map.attributionControl.setPrefix('<a href="https://leafletjs.com" target="_blank" rel="noopener">Leaflet</a>');
    map.attributionControl.addAttribution('<a href="https://www.naturalearthdata.com" target="_blank" rel="noopener">Natural Earth</a>');
    map.attributionControl.addAttribution('places © <a href="https://www.geonames.org" target="_blank" rel="noopener">GeoNames</a> CC BY 4.0');
    map.setMaxBounds([[-88, -Infinity], [88, Infinity]]);
    name();
    // Until the reader does something, the map fits its start to the frame, or leads to the place
    // that the address names; then it stays put.
    touched = Boolean(options.view);
    for (const act of ["pointerdown", "wheel", "keydown"]) {
      document.addEventListener(act, () => (touched = true), { capture: true, passive: true });
    }
    begin = () => {
      if (options.view) map.setView(options.view.slice(0, 2), options.view[2], { animate: false });
      else if (box.clientWidth) chart.fit(options.fit, 9, false);
      if (!options.view && chart.selected >= 0) chart.lead(chart.selected);
      here();
    };
    begin();
    let resizing = false;
    new ResizeObserver(() => {
      resizing = true;
      map.invalidateSize({ pan: false });
      if (!touched) begin();
      here();
      resizing = false;
    }).observe(box);
    map.on("moveend", () => {
      if (resizing || !touched) return here();
      if (!chart.settled || position() === known) return;
      here();
      tell();
    });
    chart.on("selected", ({ place, quiet }) => quiet || tell({ place: place < 0 ? null : place }));
    chart.on("look", (look) => tell({ look }));
    chart.on("ask", (ask) => tell({ ask: { ...ask, number: Date.now() } }));
    window.Streamlit.events.addEventListener("streamlit:render", () => setTimeout(() => chart.theme()));
    const faces = ["400 12px 'Source Sans'", "600 12px 'Source Sans'", "600 12px 'Source Serif'"];
    // Asked for at once, and known only when the style sheet is: whatever comes late is painted anew.
    document.fonts.addEventListener("loadingdone", () => chart.refresh(false));
    for (const face of faces) document.fonts.load(face).catch(() => {});
    own.ready = load(options);
  };

  // The frame's own name for those who hear the page rather than see it.
  function name() {
    try {
      window.frameElement.title = "Map of filming places and story settings";
    } catch {
      // A page of another origin around us keeps its own name for the frame.
    }
    document.title = "Map";
    // folium forbids the page to be enlarged; whoever needs larger letters may.
    for (const meta of document.querySelectorAll("meta[name=viewport]")) {
      meta.content = "width=device-width, initial-scale=1";
    }
    const box = chart.map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Map. The list of scenes tells the same in words.");
  }

  async function load(options) {
    const world = file(options.world);
    world.catch(() => {}); // it is waited for below, after the marks, which come first
    try {
      if (options.marks) take(new own.Store(await file(options.marks)));
      chart.world = own.decodeWorld(await world);
      chart.refresh(true);
      if (options.texts) {
        chart.store.texts = await file(options.texts);
        if (panel.mode === "place") panel.openPlace(chart.selected);
      }
    } catch (error) {
      const again = document.createElement("button");
      again.textContent = "Try again";
      again.className = "dt-plain";
      again.addEventListener("click", () => {
        panel.say("Loading the map…");
        load(options);
      });
      panel.say("The map’s data could not be fetched.", again);
      console.error(error);
    }
  }

  function take(store) {
    chart.take(store);
    foresight.forget();
    if (waiting) own.show(waiting);
    chart.settled = true;
  }

  own.show = function (options) {
    if (options.records) {
      const text = new TextDecoder().decode(own.bytes(options.records));
      chart.take(new own.Store(JSON.parse(text)));
      foresight.forget();
      chart.settled = true;
    }
    if (!chart.store) {
      waiting = options;
      return;
    }
    waiting = null;
    const commanded = options.command !== command;
    if (commanded) obey(options);
    if (options.rows !== chart.store.size) chart.show(null);
    else foresight.answer(own.bytes(options.bits), filtersOf(options.filters), commanded);
    chart.map.getContainer().dataset.ready = "yes";
  };

  // The filters around the map as foresee.js wants them.
  const filtersOf = (sent) => sent && { years: sent.years, within: sent.within && own.bytes(sent.within) };

  // A command of the server: a new address, a cleared filter, a chosen film.
  function obey(options) {
    const first = command === null;
    command = options.command;
    chart.dress(options.look, true);
    Object.assign(told, { place: options.place, look: options.look });
    chart.select(options.place === null ? -1 : options.place, true);
    if (first && options.place !== null && !touched) begin();
    if (first) return;
    if (options.view) chart.map.setView(options.view.slice(0, 2), options.view[2], { animate: false });
    else if (options.fit) chart.fit(options.fit);
    here();
  }

  // Tell the server, once the reader rests for a moment.
  function tell(news = {}) {
    Object.assign(told, news);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const value = { ...told, view: position().split(",").map(Number) };
      delete told.ask;
      window.Streamlit.setComponentValue(value);
    }, news.ask || "place" in news ? 60 : 400);
  }
})();
