// Draws the members and links that the page holds, and follows what patches do to them.
"use strict";

(() => {
  const script = document.currentScript;
  const LARGE_STRETCH = 1.5;
  const PER_ROW = 12;
  const MAX_PASSES = 8;
  const LARGE = 250;
  const REDRAW_MS = 60;
  const MAX_FIRST_ZOOM = 1.4;
  let library;

  function load() {
    library ||= new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = script.dataset.cytoscape;
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
    return library;
  }

  // Web Mercator, so that the picture looks as maps do.
  function project(latitude, longitude) {
    const bounded = Math.max(-85, Math.min(85, latitude));
    const y = Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360));
    return { x: (longitude * Math.PI) / 180, y: -y };
  }

  function members(data) {
    return [...data.querySelectorAll("[data-node]")].map((element) => {
      const { node, name, isolated, latitude, longitude } = element.dataset;
      return {
        data: { id: node, name, isolated },
        place: latitude && longitude ? project(Number(latitude), Number(longitude)) : null,
      };
    });
  }

  function links(data) {
    return [...data.querySelectorAll("[data-link]")].map((element) => {
      const { link, source, target, status } = element.dataset;
      return { data: { id: link, source, target, status } };
    });
  }

  // Known places are stretched to the width of the picture, whatever the network. A member without
  // one stands by those it is linked to, or else in a row below; those that share a place stand
  // around it in a spiral.
  function positions(all, edges, width) {
    const known = all.filter((member) => member.place);
    if (known.length < 2) {
      return null;
    }
    const xs = known.map((member) => member.place.x);
    const ys = known.map((member) => member.place.y);
    const left = Math.min(...xs);
    const top = Math.min(...ys);
    const span = Math.max(Math.max(...xs) - left, Math.max(...ys) - top) || 1;
    const scale = (width * (all.length > LARGE ? LARGE_STRETCH : 1)) / span;
    const places = new Map();
    const taken = new Map();
    const stand = (id, x, y) => {
      const key = `${Math.round(x / 6)},${Math.round(y / 6)}`;
      const count = taken.get(key) || 0;
      taken.set(key, count + 1);
      const distance = 9 * Math.sqrt(count);
      places.set(id, { x: x + distance * Math.cos(count * 2.4), y: y + distance * Math.sin(count * 2.4) });
    };
    for (const { data, place } of known) {
      stand(data.id, (place.x - left) * scale, (place.y - top) * scale);
    }
    let rest = all.filter((member) => !member.place);
    const peers = neighbours(edges);
    for (let pass = 0; pass < MAX_PASSES && rest.length > 0; pass++) {
      const settled = new Map(places);
      rest = rest.filter(({ data }) => {
        const near = (peers.get(data.id) || []).map((peer) => settled.get(peer)).filter(Boolean);
        if (near.length === 0) {
          return true;
        }
        stand(data.id, mean(near.map((place) => place.x)), mean(near.map((place) => place.y)));
        return false;
      });
    }
    const bottom = Math.max(...[...places.values()].map((place) => place.y));
    rest.forEach(({ data }, index) => {
      const row = Math.floor(index / PER_ROW);
      places.set(data.id, { x: ((index % PER_ROW) * width) / PER_ROW, y: bottom + 60 + row * 40 });
    });
    return places;
  }

  function neighbours(edges) {
    const peers = new Map();
    for (const { data } of edges) {
      peers.set(data.source, [...(peers.get(data.source) || []), data.target]);
      peers.set(data.target, [...(peers.get(data.target) || []), data.source]);
    }
    return peers;
  }

  function mean(numbers) {
    return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  }

  function layout(all, places) {
    if (places) {
      return { name: "preset", positions: (node) => places.get(node.id()), padding: 36 };
    }
    return all.length > LARGE
      ? { name: "concentric", concentric: (node) => node.degree(), levelWidth: () => 2, minNodeSpacing: 6, padding: 24 }
      : { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 9000, idealEdgeLength: () => 70, padding: 36 };
  }

  function style(count) {
    const css = getComputedStyle(document.documentElement);
    const colour = (name) => css.getPropertyValue(name).trim();
    const dot = count > LARGE ? 7 : 16;
    const labels = count > LARGE ? 9 : 0;
    return [
      {
        selector: "node",
        style: {
          label: "data(name)",
          width: dot,
          height: dot,
          "background-color": colour("--accent"),
          color: colour("--text"),
          "font-size": count > LARGE ? 9 : 13,
          "min-zoomed-font-size": labels,
          "text-valign": "bottom",
          "text-margin-y": 4,
          "text-outline-color": colour("--surface"),
          "text-outline-width": 2,
        },
      },
      {
        selector: 'node[isolated = "yes"]',
        style: {
          "background-color": colour("--surface"),
          "border-width": 4,
          "border-color": colour("--warn"),
          width: dot + 6,
          height: dot + 6,
          "font-weight": "bold",
          "min-zoomed-font-size": 0,
        },
      },
      {
        selector: "node:selected",
        style: { "border-width": 4, "border-color": colour("--focus"), "min-zoomed-font-size": 0 },
      },
      {
        selector: "edge",
        style: { width: count > LARGE ? 1.5 : 2.5, "line-color": colour("--line-strong"), "line-style": "dotted", "curve-style": "haystack" },
      },
      { selector: 'edge[status = "UP"]', style: { "line-color": colour("--ok"), "line-style": "solid" } },
      { selector: 'edge[status = "DOWN"]', style: { "line-color": colour("--down"), "line-style": "dashed" } },
      { selector: ".near", style: { width: 5 } },
    ];
  }

  // Adds, changes and removes what differs; a member keeps its place.
  function update(graph, data) {
    const wanted = new Map();
    const nodes = members(data);
    const edges = links(data);
    const places = positions(nodes, edges, graph.scratch("width"));
    for (const node of nodes) {
      wanted.set(node.data.id, { group: "nodes", data: node.data, position: places?.get(node.data.id) });
    }
    for (const link of edges) {
      wanted.set(link.data.id, { group: "edges", data: link.data });
    }
    graph.batch(() => {
      graph.elements().filter((element) => !wanted.has(element.id())).remove();
      for (const [id, element] of wanted) {
        const shown = graph.getElementById(id);
        if (shown.empty()) {
          graph.add(element.position || element.group === "edges" ? element : { ...element, position: centre(graph) });
        } else {
          shown.data(element.data);
        }
      }
    });
    note(graph);
  }

  function centre(graph) {
    const box = graph.extent();
    return { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 };
  }

  // For tests and for the curious: what is drawn.
  function note(graph) {
    const container = graph.container();
    container.dataset.nodes = graph.nodes().length;
    container.dataset.edges = graph.edges().length;
    container.dataset.isolated = graph.nodes('[isolated = "yes"]').map((node) => node.id()).join(" ");
    container.dataset.up = graph.edges('[status = "UP"]').length;
  }

  async function start(container) {
    if (container.dataset.started) {
      return;
    }
    container.dataset.started = "yes";
    await load();
    const data = document.getElementById("graph-data");
    const nodes = members(data);
    const edges = links(data);
    const width = container.clientWidth;
    const graph = cytoscape({
      container,
      elements: [...nodes.map(({ data: node }) => ({ group: "nodes", data: node })), ...edges.map((link) => ({ group: "edges", ...link }))],
      style: style(nodes.length),
      layout: layout(nodes, positions(nodes, edges, width)),
      minZoom: 0.05,
      maxZoom: 6,
      pixelRatio: nodes.length > LARGE ? 1 : "auto",
      hideEdgesOnViewport: nodes.length > LARGE,
      textureOnViewport: nodes.length > LARGE,
      boxSelectionEnabled: false,
      autoungrabify: true,
    });
    graph.scratch("width", width);
    if (graph.zoom() > MAX_FIRST_ZOOM) {
      graph.zoom(MAX_FIRST_ZOOM);
      graph.center();
    }
    note(graph);
    graph.on("tap", "node", (event) => choose(graph, event.target.id()));
    let pending = 0;
    new MutationObserver(() => {
      clearTimeout(pending);
      pending = setTimeout(() => update(graph, data), REDRAW_MS);
    }).observe(data, { childList: true, subtree: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(style(graph.nodes().length)));
    container.addEventListener("linkwright-choose", (event) => choose(graph, event.detail));
  }

  function choose(graph, edge) {
    graph.elements().removeClass("near");
    graph.getElementById(edge).connectedEdges().addClass("near");
    htmx.ajax("GET", graph.container().dataset.side + edge, { target: "#graph-side", swap: "innerHTML" });
  }

  document.addEventListener("htmx:load", () => {
    const container = document.getElementById("graph");
    if (container) {
      start(container);
    }
  });
})();
