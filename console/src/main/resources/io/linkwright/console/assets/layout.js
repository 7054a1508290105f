// Says where the members of a group stand in a picture. Pure: members, links and a width go in, places
// come out, the same for the same group.
"use strict";

const linkwrightLayout = (() => {
  const LARGE = 250;
  const LARGE_STRETCH = 1.5;
  const PER_ROW = 12;
  const ROW_HEIGHT = 40;
  const BELOW = 60;
  const MAX_PASSES = 8;
  const RING = 46;
  const TURN = 2 * Math.PI;
  const MIN_GAPS = 4;

  // Web Mercator, so that the picture looks as maps do.
  function project({ latitude, longitude }) {
    const bounded = Math.max(-85, Math.min(85, latitude));
    const y = Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360));
    return { x: (longitude * Math.PI) / 180, y: -y };
  }

  // A void that is wider than all the rest of an axis together, as an ocean before one far member,
  // would press the rest to a spot: it is drawn half as wide as the rest.
  function withoutVoids(values) {
    const sorted = [...new Set(values)].sort((one, other) => one - other);
    const gaps = sorted.slice(1).map((value, index) => ({ index, width: value - sorted[index] }));
    let sum = 0;
    [...gaps]
      .sort((one, other) => one.width - other.width)
      .forEach((gap, count) => {
        if (count >= MIN_GAPS && gap.width > sum) {
          gap.width = sum / 2;
        }
        sum += gap.width;
      });
    const places = new Map([[sorted[0], 0]]);
    let at = 0;
    for (const { index, width } of gaps) {
      at += width;
      places.set(sorted[index + 1], at);
    }
    return { place: (value) => places.get(value), span: sum };
  }

  // Places for those that come to stand at the same spot: around it in a spiral.
  class Board {
    constructor() {
      this.places = new Map();
      this.taken = new Map();
    }

    stand(id, x, y) {
      const key = `${Math.round(x / 6)},${Math.round(y / 6)}`;
      const count = this.taken.get(key) || 0;
      this.taken.set(key, count + 1);
      const distance = 9 * Math.sqrt(count);
      this.places.set(id, { x: x + distance * Math.cos(count * 2.4), y: y + distance * Math.sin(count * 2.4) });
    }

    bottom() {
      return Math.max(0, ...[...this.places.values()].map((place) => place.y));
    }

    // Shrunk so that the dots are as large in the picture as they are on a map.
    shrinkTo(width) {
      const all = [...this.places.values()];
      const span = Math.max(...all.map(({ x }) => x), 2 * Math.max(...all.map(({ y }) => Math.abs(y))));
      const scale = Math.min(1, width / span);
      for (const place of all) {
        place.x *= scale;
        place.y *= scale;
      }
    }

    // In rows below the others.
    line(ids, width) {
      const top = this.bottom() + BELOW;
      ids.forEach((id, index) => {
        const row = Math.floor(index / PER_ROW);
        this.places.set(id, { x: ((index % PER_ROW) * width) / PER_ROW, y: top + row * ROW_HEIGHT });
      });
    }
  }

  function neighbours(links) {
    const peers = new Map();
    const add = (one, other) => (peers.get(one) || peers.set(one, []).get(one)).push(other);
    for (const { source, target } of links) {
      add(source, target);
      add(target, source);
    }
    return peers;
  }

  function mean(numbers) {
    return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  }

  // Known places are stretched to the width of the picture, whatever the network. A member without
  // one stands by those it is linked to, or else in a row below.
  function map(members, links, width) {
    const board = new Board();
    const known = members.filter((member) => member.position).map(({ id, position }) => ({ id, ...project(position) }));
    const across = withoutVoids(known.map(({ x }) => x));
    const down = withoutVoids(known.map(({ y }) => y));
    const scale = (width * (members.length > LARGE ? LARGE_STRETCH : 1)) / (Math.max(across.span, down.span) || 1);
    for (const { id, x, y } of known) {
      board.stand(id, across.place(x) * scale, down.place(y) * scale);
    }
    let rest = members.filter((member) => !member.position).map(({ id }) => id);
    const peers = neighbours(links);
    for (let pass = 0; pass < MAX_PASSES && rest.length > 0; pass++) {
      const settled = new Map(board.places);
      rest = rest.filter((id) => {
        const near = (peers.get(id) || []).map((peer) => settled.get(peer)).filter(Boolean);
        if (near.length > 0) {
          board.stand(id, mean(near.map(({ x }) => x)), mean(near.map(({ y }) => y)));
        }
        return near.length === 0;
      });
    }
    board.line(rest, width);
    return board.places;
  }

  // Who is reached from a member, in the order of the distance, each with those reached through it.
  function tree(root, peers) {
    const nodes = [{ id: root, depth: 0, children: [], leaves: 0 }];
    const seen = new Set([root]);
    for (let next = 0; next < nodes.length; next++) {
      const node = nodes[next];
      for (const peer of peers.get(node.id) || []) {
        if (!seen.has(peer)) {
          seen.add(peer);
          const child = { id: peer, depth: node.depth + 1, children: [], leaves: 0 };
          node.children.push(child);
          nodes.push(child);
        }
      }
    }
    for (const node of [...nodes].reverse()) {
      node.leaves = node.children.reduce((sum, child) => sum + child.leaves, 0) || 1;
    }
    return nodes;
  }

  // The middle of the longest way: from there the rings are fewest.
  function middle(start, peers) {
    const far = tree(start, peers).at(-1).id;
    const nodes = tree(far, peers);
    const parents = new Map(nodes.flatMap((node) => node.children.map((child) => [child.id, node.id])));
    let at = nodes.at(-1).id;
    for (let steps = Math.floor(nodes.at(-1).depth / 2); steps > 0; steps--) {
      at = parents.get(at);
    }
    return at;
  }

  // Without places, and too many for a simulation of springs: rings around the middle of each part,
  // the parts side by side, those that are linked to nobody below.
  function rings(members, links, width) {
    const board = new Board();
    const peers = neighbours(links);
    const alone = members.filter(({ id }) => !peers.has(id)).map(({ id }) => id);
    const seen = new Set(alone);
    let left = 0;
    for (const { id } of members) {
      if (seen.has(id)) {
        continue;
      }
      const nodes = tree(middle(id, peers), peers);
      const radius = nodes.at(-1).depth * RING;
      const sectors = new Map([[nodes[0], { from: 0, to: TURN }]]);
      for (const node of nodes) {
        seen.add(node.id);
        const sector = sectors.get(node);
        const angle = (sector.from + sector.to) / 2;
        board.stand(node.id, left + radius + node.depth * RING * Math.cos(angle), node.depth * RING * Math.sin(angle));
        let from = sector.from;
        for (const child of node.children) {
          const to = from + ((sector.to - sector.from) * child.leaves) / node.leaves;
          sectors.set(child, { from, to });
          from = to;
        }
      }
      left += 2 * radius + 2 * RING;
    }
    if (left > 0) {
      board.shrinkTo(width * LARGE_STRETCH);
    }
    board.line(alone, width * LARGE_STRETCH);
    return board.places;
  }

  // Places by id, or nothing where springs do better.
  function places(members, links, width) {
    if (members.filter((member) => member.position).length >= 2) {
      return map(members, links, width);
    }
    return members.length > LARGE ? rings(members, links, width) : null;
  }

  return { LARGE, places };
})();
