// Draws the members and links that the page holds, and follows what patches do to them.
"use strict";

(() => {
  const script = document.currentScript;
  const { LARGE } = linkwrightLayout;
  const REDRAW_MS = 60;
  const MAX_FIRST_ZOOM = 1.4;
  const FOUND_ZOOM = 1.6;
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

  function members(data) {
    return [...data.querySelectorAll("[data-node]")].map((element) => {
      const { node, name, isolated, latitude, longitude } = element.dataset;
      const known = latitude && longitude;
      return { id: node, name, isolated, position: known ? { latitude: Number(latitude), longitude: Number(longitude) } : null };
    });
  }

  function links(data) {
    return [...data.querySelectorAll("[data-link]")].map((element) => {
      const { link, source, target, status } = element.dataset;
      return { id: link, source, target, status };
    });
  }

  function layout(places) {
    return places
      ? { name: "preset", positions: (node) => places.get(node.id()), padding: 36 }
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
        style: { width: count > LARGE ? 2 : 2.5, "line-color": colour("--line-strong"), "line-style": "dotted", "curve-style": "haystack" },
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
    const places = linkwrightLayout.places(nodes, edges, graph.scratch("width"));
    for (const node of nodes) {
      wanted.set(node.id, { group: "nodes", data: node, position: places?.get(node.id) });
    }
    for (const link of edges) {
      wanted.set(link.id, { group: "edges", data: link });
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
      elements: [...nodes.map((data) => ({ group: "nodes", data })), ...edges.map((data) => ({ group: "edges", data }))],
      style: style(nodes.length),
      layout: layout(linkwrightLayout.places(nodes, edges, width)),
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
    container.dataset.drawnMs = Math.round(performance.now());
    graph.on("tap", "node", (event) => choose(graph, event.target.id()));
    let pending = 0;
    new MutationObserver(() => {
      clearTimeout(pending);
      pending = setTimeout(() => update(graph, data), REDRAW_MS);
    }).observe(data, { childList: true, subtree: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(style(graph.nodes().length)));
    document.getElementById("graph-find").addEventListener("change", (event) => find(graph, event.target.value));
  }

  // Whom somebody looks for by name comes to the middle, close enough to be read.
  function find(graph, edge) {
    const node = graph.getElementById(edge);
    if (node.empty()) {
      return;
    }
    graph.nodes().unselect();
    node.select();
    graph.zoom(Math.max(graph.zoom(), FOUND_ZOOM));
    graph.center(node);
    choose(graph, edge);
  }

  function choose(graph, edge) {
    graph.container().dataset.chosen = edge;
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
