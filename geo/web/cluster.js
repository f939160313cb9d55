// Clusters: places too near each other to be told apart become one, which tells how many it holds.
(function () {
  "use strict";
  const own = window.doubletake;

  const FEW = 300; // up to so many points stand alone unless they really overlap

  // Gather points into clusters: fine bins anchored to the world, so that they stay put while the
  // map moves, merged around the fullest. Time grows with points, not with their square.
  function cluster(frame, store, kinds) {
    const few = store.points.length <= FEW;
    const bin = few ? 4 : 10;
    const reach = few ? 24 : 46;
    const west = Math.floor(frame.left / bin), north = Math.floor(frame.top / bin);
    const columns = Math.ceil(frame.width / bin) + 2, rows = Math.ceil(frame.height / bin) + 2;
    const head = new Int32Array(columns * rows).fill(-1);
    const size = new Uint32Array(columns * rows);
    const members = [], at = [], next = [], used = [];
    for (const copy of own.copies(frame)) {
      for (let i = 0; i < store.points.length; i++) {
        const p = store.points[i];
        const f = kinds.filming ? store.filmed[p] : 0, s = kinds.story ? store.played[p] : 0;
        if (!f && !s) continue;
        const x = (store.x[p] + copy) * frame.world, y = store.y[p] * frame.world;
        const column = Math.floor(x / bin) - west, row = Math.floor(y / bin) - north;
        if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
        const cell = row * columns + column;
        if (head[cell] < 0) used.push(cell);
        next.push(head[cell]);
        head[cell] = members.length;
        members.push(p);
        at.push(store.x[p] + copy);
        size[cell]++;
      }
    }
    used.sort((a, b) => size[b] - size[a] || a - b);
    return merge({ world: frame.world, store, kinds, bin, reach, columns, rows, head, size, members, at, next, used });
  }

  function merge(g) {
    const span = Math.ceil(g.reach / g.bin);
    const items = [];
    for (const seed of g.used) {
      if (!g.size[seed]) continue;
      const sr = Math.floor(seed / g.columns), sc = seed % g.columns;
      const list = [];
      for (let r = Math.max(0, sr - span); r <= Math.min(g.rows - 1, sr + span); r++) {
        for (let c = Math.max(0, sc - span); c <= Math.min(g.columns - 1, sc + span); c++) {
          const cell = r * g.columns + c;
          if (!g.size[cell] || Math.hypot(r - sr, c - sc) * g.bin > g.reach) continue;
          g.size[cell] = 0;
          for (let m = g.head[cell]; m >= 0; m = g.next[m]) list.push(m);
        }
      }
      items.push(item(g, list));
    }
    return apart(g, items);
  }

  // Clusters whose capsules would overlap become one.
  function apart(g, items) {
    const part = (count) => (count ? 11 + 3.7 * String(count).length : 0);
    const half = (it) => (it.list.length > 1 ? [5 + part(it.filming) + part(it.story), 13] : [8, 8]);
    for (let again = true; again; ) {
      again = false;
      const kept = [];
      for (const it of items) {
        const [w, h] = half(it);
        const near = kept.find((k) => {
          if (k.list.length === 1 && it.list.length === 1) return false;
          const [kw, kh] = half(k);
          return Math.abs(k.x - it.x) * g.world < w + kw && Math.abs(k.y - it.y) * g.world < h + kh;
        });
        if (!near) kept.push(it);
        else {
          kept[kept.indexOf(near)] = item(g, near.list.concat(it.list));
          again = true;
        }
      }
      items = kept;
    }
    return items;
  }

  function item(g, list) {
    const { store, kinds } = g;
    let x = 0, y = 0, filming = 0, story = 0;
    for (const m of list) {
      const p = g.members[m];
      x += g.at[m];
      y += store.y[p];
      if (kinds.filming && store.filmed[p]) filming++;
      if (kinds.story && store.played[p]) story++;
    }
    const members = list.map((m) => g.members[m]);
    const single = members.length === 1 ? members[0] : -1;
    return { x: x / list.length, y: y / list.length, filming, story, members, list, place: single };
  }

  Object.assign(own, { cluster });
})();
