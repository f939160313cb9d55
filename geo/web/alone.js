// The map on a page of its own, without a server: the rows stand packed in the page, and a film or
// franchise that the reader searches for is filtered here.
(function () {
  "use strict";
  const own = window.doubletake;
  const title = document.title;
  let data = null, command = 1;

  async function unpacked(id) {
    const packed = own.bytes(document.getElementById(id).textContent.trim());
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  // A page opened from a file may fetch nothing: what is packed in it is handed out instead.
  const fetched = window.fetch.bind(window);
  window.fetch = async (address, ...more) =>
    document.getElementById(address) ? { ok: true, json: () => unpacked(address) } : fetched(address, ...more);

  window.Streamlit = {
    events: new EventTarget(),
    setComponentValue: (told) => told.ask && show(told.ask),
  };

  function bits(kept) {
    const packed = own.packed(kept.length, (row) => kept[row]);
    return btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  }

  function show(ask) {
    const { film } = data.scenes;
    const kept = film.map((number) =>
      "film" in ask ? number === ask.film : "franchise" in ask ? data.films.franchise[number] === ask.franchise : true);
    const look = [...own.chart.look];
    own.show({ rows: film.length, bits: bits(kept), command: command++, place: null, view: null, fit: null, look });
    const bounds = own.chart.store.bounds();
    if (bounds && command > 2) own.chart.fit(bounds);
  }

  const map = L.map("map_div", {
    center: [20, 10], zoom: 2, minZoom: 1, maxZoom: 19, zoomControl: false,
    zoomSnap: 0.25, wheelPxPerZoomLevel: 90, worldCopyJump: true,
  });
  const options = JSON.parse(document.getElementById("options").textContent);
  own.attach(map, options);
  document.title = title;
  Promise.all([unpacked("scenes"), own.ready]).then(([rows]) => {
    data = rows;
    own.chart.take(new own.Store(rows));
    own.chart.settled = true;
    show({});
  });
})();
