// The colours of the map, light and dark, and where a place stands in a frame.
(function () {
  "use strict";
  const own = window.doubletake;

  // Okabe and Ito, "Color Universal Design" (2008): safe for colour-blind eyes. What has an order
  // runs along a ramp of van der Walt and Smith (plasma, viridis), which is safe for them too.
  const LIGHT = {
    face: "'Source Sans', system-ui, 'Segoe UI', Roboto, sans-serif",
    sea: "#d5e3e8", shore: "#e3edf0", coast: "#a9bac0", border: "#cfc4ae",
    land: ["#f6f1e6", "#f2ecdd", "#f7f2ea", "#f0ebe0", "#f4eee0"],
    name: "#857b67", halo: "rgba(248,243,233,0.8)",
    filming: "#0072b2", story: "#c24e00", ink: "#06283d", casing: "#fffdf8", text: "#1c2a33",
    line: "#3d4a55", faint: "rgba(61,74,85,0.38)",
    scale: ["#0072b2", "#d55e00", "#009e73", "#b5508c", "#8a6d00", "#3b8fc4", "#5b5b5b"],
    ramp: ["#0d0887", "#7e03a8", "#cc4778", "#d9691a"],
  };
  const DARK = {
    face: LIGHT.face,
    sea: "#12181e", shore: "#171f26", coast: "#3d4a54", border: "#414b53",
    land: ["#262d33", "#2a3137", "#23292f", "#2d3439", "#282f34"],
    name: "#8a959d", halo: "rgba(24,30,35,0.8)",
    filming: "#56b4e9", story: "#f0a830", ink: "#dff2ff", casing: "#0c1116", text: "#e9eef1",
    line: "#c3ccd3", faint: "rgba(195,204,211,0.34)",
    scale: ["#56b4e9", "#e69f00", "#2fc79b", "#e08fc0", "#f0e442", "#8fb8ff", "#a9b1b8"],
    ramp: ["#5c86d8", "#2fa8a0", "#7ad151", "#fde725"],
  };
  const OTHER = 6;
  const BEYOND = 0.1; // what the sheets of marks hold beyond each edge of the map, in parts of it
  function place(frame, x, y, copy = 0) {
    return [(x + copy) * frame.world - frame.left, y * frame.world - frame.top];
  }

  // `count` colours along a ramp, from its first to its last.
  function along(ramp, count) {
    const part = (colour, i) => parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16);
    return Array.from({ length: count }, (none, n) => {
      const at = count > 1 ? (n / (count - 1)) * (ramp.length - 1) : ramp.length - 1;
      const from = ramp[Math.floor(at)], to = ramp[Math.ceil(at)];
      const mixed = [0, 1, 2].map((i) => Math.round(part(from, i) + (part(to, i) - part(from, i)) * (at % 1)));
      return "#" + mixed.map((value) => value.toString(16).padStart(2, "0")).join("");
    });
  }

  function tint(state, p, role) {
    return state.shades ? state.shades.colours[state.shades[role][p]] : state.colours[role];
  }

  Object.assign(own, { LIGHT, DARK, OTHER, BEYOND, place, tint, along });
})();
