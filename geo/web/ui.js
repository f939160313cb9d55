// Small pieces that the page around the map is made of. Text enters it as text nodes only.
(function () {
  "use strict";
  const own = window.doubletake;

  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "on") for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
    }
    for (const child of children.flat()) {
      if (child !== null && child !== undefined) node.append(child);
    }
    return node;
  }

  const SVG = "http://www.w3.org/2000/svg";
  function icon(paths, size = 20) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of Object.entries({
      viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true", fill: "none",
      stroke: "currentColor", "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round",
    })) svg.setAttribute(name, value);
    for (const [shape, attributes] of paths) {
      const node = document.createElementNS(SVG, shape);
      for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
      svg.append(node);
    }
    return svg;
  }
  const circleIcon = (edge = {}) => icon([["circle", { cx: 10, cy: 10, r: 6, class: "solid", ...edge }]], 18);
  const diamondIcon = (edge = {}) => icon([["path", { d: "M10 2.5 17.5 10 10 17.5 2.5 10Z", class: "hollow", ...edge }]], 18);
  const crossIcon = () => icon([["path", { d: "M5 5l10 10M15 5L5 15" }]], 18);
  const EDGES = [
    { "stroke-width": 2.4 },
    { "stroke-width": 1 },
    { "stroke-width": 1.5, "stroke-dasharray": "1.2 2.4" },
  ];
  const ICONS = {
    plus: [["path", { d: "M10 4v12M4 10h12" }]],
    minus: [["path", { d: "M4 10h12" }]],
    play: [["path", { d: "M6 4l10 6-10 6z" }]],
    pause: [["path", { d: "M7 4v12M13 4v12" }]],
    fit: [["path", { d: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4" }], ["circle", { cx: 10, cy: 10, r: 2 }]],
    list: [["path", { d: "M7 5h10M7 10h10M7 15h10M3 5h.01M3 10h.01M3 15h.01" }]],
    back: [["path", { d: "M9 4l-6 6 6 6M3 10h14" }]],
    close: [["path", { d: "M5 5l10 10M15 5L5 15" }]],
    search: [["circle", { cx: 9, cy: 9, r: 5 }], ["path", { d: "M13 13l4 4" }]],
  };

  const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many || one + "s"}`;

  function button(name, label, run, attributes = {}) {
    return el("button", { type: "button", class: "dt-tool", title: label, "aria-label": label, on: { click: run }, ...attributes }, icon(ICONS[name]));
  }

  // An address of the data is followed only if it is a page of the web.
  function link(address, text) {
    let url = null;
    try {
      url = new URL(address);
    } catch {
      url = null;
    }
    if (!url || !["http:", "https:"].includes(url.protocol)) return el("span", {}, text);
    return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
  }

  // A country's name in place of its code (ISO 3166), as the browser knows it.
  const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  function country(code) {
    try {
      return (code && regions.of(code)) || code;
    } catch {
      return code; // no code at all
    }
  }

  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f’'`.]/g, "").toLowerCase();

  Object.assign(own, { el, icon, circleIcon, diamondIcon, crossIcon, EDGES, ICONS, plural, button, link, country, fold });
})();
