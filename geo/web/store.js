// The catalogue in the browser: columns as typed arrays, and what a filter leaves of them.
(function () {
  "use strict";
  const own = window.doubletake;
  const DENIED = 3;
  const POINT = 0, AREA = 1, NOWHERE = 2;

  function bytes(base64) {
    const text = atob(base64);
    const out = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
    return out;
  }

  // The rows for which `on(row)` holds, as bits.
  function packed(size, on) {
    const out = new Uint8Array((size + 7) >> 3);
    for (let row = 0; row < size; row++) if (on(row)) out[row >> 3] |= 1 << (row & 7);
    return out;
  }

  class Store {
    constructor(file) {
      const { places, films, scenes } = file;
      this.places = places;
      this.films = films;
      this.franchises = file.franchises;
      this.film = Int32Array.from(scenes.film);
      this.filming = Int32Array.from(scenes.filming);
      this.setting = Int32Array.from(scenes.setting);
      this.certainty = Uint8Array.from(scenes.certainty);
      this.season = scenes.season;
      this.kind = Uint8Array.from(places.kind);
      this.x = Float64Array.from(places.longitude, (v) => (v === null ? NaN : own.unitX(v)));
      this.y = Float64Array.from(places.latitude, (v) => (v === null ? NaN : own.unitY(v)));
      this.size = this.film.length;
      this.spread = Float64Array.from(places.radius, (radius, p) => own.unitRadius(places, p));
      this.pairUp();
      this.allPoints = Int32Array.from([...this.kind.keys()].filter((p) => this.kind[p] === POINT));
      this.allAreas = [...this.kind.keys()].filter((p) => this.kind[p] === AREA).sort((a, b) => this.spread[b] - this.spread[a]);
      this.shownRow = new Uint8Array(this.size);
      this.hasFilmed = this.has(this.filming);
      this.hasPlayed = this.has(this.setting);
      this.texts = file.sentence ? file : null;
      this.show(null);
    }

    // How many scenes each place has at either end, and each film and franchise, whatever is shown.
    tally() {
      const { franchise } = this.films;
      const filmed = new Uint32Array(this.places.name.length), played = filmed.slice();
      const perFilm = new Uint32Array(franchise.length), perFranchise = new Uint32Array(this.franchises.length);
      for (let row = 0; row < this.size; row++) {
        if (this.filming[row] >= 0) filmed[this.filming[row]]++;
        if (this.setting[row] >= 0) played[this.setting[row]]++;
        perFilm[this.film[row]]++;
        perFranchise[franchise[this.film[row]]]++;
      }
      return { filmed, played, perFilm, perFranchise };
    }

    // Which places any scene has at this end, the denied ones left out.
    has(end) {
      const found = new Uint8Array(this.places.name.length);
      for (let row = 0; row < this.size; row++) if (end[row] >= 0 && this.certainty[row] !== DENIED) found[end[row]] = 1;
      return found;
    }

    // Filming places and the settings that they stand for, each pair once; `pairOf` is that of a row.
    pairUp() {
      this.pairs = [];
      this.pairOf = new Int32Array(this.size).fill(-1);
      this.allPairs = [];
      const count = this.places.name.length, known = new Map();
      for (let row = 0; row < this.size; row++) {
        const f = this.filming[row], s = this.setting[row];
        if (f < 0 || s < 0 || f === s || this.kind[f] === NOWHERE || this.kind[s] === NOWHERE) continue;
        if (this.certainty[row] === DENIED) continue;
        const key = f * count + s;
        if (!known.has(key)) known.set(key, this.allPairs.push({ filming: f, setting: s }) - 1);
        this.pairOf[row] = known.get(key);
      }
    }

    // Take over a filter (bits of rows, or null for all) and count what each place has left.
    show(bits) {
      const count = this.places.name.length;
      const filmed = (this.filmed = new Uint32Array(count));
      const played = (this.played = new Uint32Array(count));
      const filmedSure = (this.filmedSure = new Uint8Array(count).fill(DENIED));
      const playedSure = (this.playedSure = new Uint8Array(count).fill(DENIED));
      const paired = new Uint8Array(this.allPairs.length);
      this.rows = this.denied = 0;
      for (let row = 0; row < this.size; row++) {
        const on = bits === null ? 1 : (bits[row >> 3] >> (row & 7)) & 1;
        this.shownRow[row] = on;
        if (!on) continue;
        this.rows++;
        const sure = this.certainty[row];
        if (sure === DENIED) {
          this.denied++;
          continue;
        }
        const f = this.filming[row], s = this.setting[row];
        if (f >= 0) {
          filmed[f]++;
          if (sure < filmedSure[f]) filmedSure[f] = sure;
        }
        if (s >= 0) {
          played[s]++;
          if (sure < playedSure[s]) playedSure[s] = sure;
        }
        if (this.pairOf[row] >= 0) paired[this.pairOf[row]] = 1;
      }
      this.pairs = this.allPairs.filter((pair, n) => paired[n]);
      this.divide();
    }

    // Which places are marks and which are areas, the widest first.
    divide() {
      const left = (p) => this.filmed[p] || this.played[p];
      this.points = this.allPoints.filter(left);
      this.areas = this.allAreas.filter(left);
    }

    // For each place as filming place and as setting the number, of `many` that `pick(row)` gives,
    // that most of its shown rows have; or the least that any has.
    leading(pick, many, least) {
      const count = this.places.name.length;
      const ends = { filming: new Uint32Array(count * many), story: new Uint32Array(count * many) };
      for (let row = 0; row < this.size; row++) {
        if (!this.shownRow[row] || this.certainty[row] === DENIED) continue;
        const number = pick(row);
        if (this.filming[row] >= 0) ends.filming[this.filming[row] * many + number]++;
        if (this.setting[row] >= 0) ends.story[this.setting[row] * many + number]++;
      }
      const best = (counts) => Uint8Array.from({ length: count }, (none, p) => {
        let found = 0;
        for (let n = 0; n < many; n++) {
          const here = counts[p * many + n], before = counts[p * many + found];
          if (least ? here && !before : here > before) found = n;
        }
        return found;
      });
      return { filming: best(ends.filming), story: best(ends.story) };
    }

    // [[south, west], [north, east]] of all that is shown, or null.
    bounds() {
      let west = Infinity, south = Infinity, east = -Infinity, north = -Infinity;
      const { latitude, longitude } = this.places;
      for (const list of [this.points, this.areas]) {
        for (const p of list) {
          west = Math.min(west, longitude[p]);
          east = Math.max(east, longitude[p]);
          south = Math.min(south, latitude[p]);
          north = Math.max(north, latitude[p]);
        }
      }
      return west === Infinity ? null : [[south, west], [north, east]];
    }

    // Rows with the place at either end, those of the filter first.
    rowsAt(place) {
      const within = [], outside = [];
      for (let row = 0; row < this.size; row++) {
        if (this.filming[row] === place || this.setting[row] === place) {
          (this.shownRow[row] ? within : outside).push(row);
        }
      }
      return { within, outside };
    }

    // Places of any scene within so many kilometres (haversine, mean radius of the IUGG), nearest
    // first; of `kinds` only.
    near(place, kilometres, kinds) {
      const { latitude, longitude } = this.places;
      const rad = Math.PI / 180;
      const found = [];
      for (const p of this.allPoints) {
        if (p === place || !((kinds.filming && this.hasFilmed[p]) || (kinds.story && this.hasPlayed[p]))) continue;
        if (Math.abs(latitude[p] - latitude[place]) > kilometres / 111) continue;
        const a =
          Math.sin(((latitude[p] - latitude[place]) * rad) / 2) ** 2 +
          Math.cos(latitude[p] * rad) * Math.cos(latitude[place] * rad) *
            Math.sin(((longitude[p] - longitude[place]) * rad) / 2) ** 2;
        const distance = 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(a)));
        if (distance <= kilometres) found.push({ place: p, distance });
      }
      return found.sort((a, b) => a.distance - b.distance);
    }

    title(row) {
      const film = this.film[row];
      const year = this.films.year[film];
      const season = this.season[row] ? `, season ${this.season[row]}` : "";
      return this.films.title[film] + (year ? ` (${year})` : "") + season;
    }

    // "Norway plays Kashmir": the same verb as geo/words.py.
    plays(row) {
      const name = (p) => (p < 0 ? null : this.places.name[p]);
      const filming = name(this.filming[row]), setting = name(this.setting[row]);
      if (filming === null) return `Set in ${setting}`;
      if (setting === null) return `Shot in ${filming}`;
      const itself = this.filming[row] === this.setting[row] || filming === setting;
      return `${filming} plays ${itself ? "itself" : setting}`;
    }
  }

  // The great circle between two places as unit coordinates that run on across the date line.
  // Method: spherical linear interpolation (Williams, Aviation Formulary).
  function greatCircle(store, from, to) {
    const rad = Math.PI / 180;
    const vector = (p) => {
      const lat = store.places.latitude[p] * rad, lon = store.places.longitude[p] * rad;
      return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
    };
    const a = vector(from), b = vector(to);
    const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
    const steps = 16 + Math.ceil(angle * 60);
    const xs = new Float64Array(steps + 1), ys = new Float64Array(steps + 1);
    for (let i = 0; i <= steps; i++) {
      const f = i / steps;
      const s = Math.sin(angle);
      const p = s < 1e-9 ? 1 - f : Math.sin((1 - f) * angle) / s;
      const q = s < 1e-9 ? f : Math.sin(f * angle) / s;
      const x = a[0] * p + b[0] * q, y = a[1] * p + b[1] * q, z = a[2] * p + b[2] * q;
      ys[i] = own.unitY(Math.atan2(z, Math.hypot(x, y)) / rad);
      xs[i] = own.unitX(Math.atan2(y, x) / rad);
      if (i) xs[i] += Math.round(xs[i - 1] - xs[i]);
    }
    let north = Infinity, south = -Infinity;
    for (const y of ys) {
      north = Math.min(north, y);
      south = Math.max(south, y);
    }
    return { xs, ys, last: steps, north, south };
  }

  Object.assign(own, { Store, greatCircle, bytes, packed, DENIED, POINT, AREA, NOWHERE });
})();
