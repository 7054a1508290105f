// Draws the members and links that the page holds, and follows what patches do to them.
"use strict";

(() => {
  const { LARGE } = linkwrightLayout;
  const REDRAW_MS = 60;
  const MAX_FIRST_ZOOM = 1.4;
  const FOUND_ZOOM = 1.6;
  const PADDING = 36;
  const NAMING_MS = 80;

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

  function layout(places, large) {
    return places
      ? { name: "preset", fit: !large, padding: PADDING }
      : { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 9000, idealEdgeLength: () => 70, padding: PADDING };
  }

  // Those that somebody looks at closely enough get their names.
  function nameWhatIsNear(graph) {
    if (!linkwrightGraphStyle.isReadable(graph.zoom())) {
      return;
    }
    const { x1, x2, y1, y2 } = graph.extent();
    const near = ({ x, y }) => x >= x1 && x <= x2 && y >= y1 && y <= y2;
    graph.nodes().not(".named").filter((node) => near(node.position())).addClass("named");
  }

  // All places in the picture: as the library's own, without the names, which it would measure.
  function viewport(places, container) {
    const all = [...places.values()];
    const box = (axis) => {
      const values = all.map((place) => place[axis]);
      const least = Math.min(...values);
      return { middle: (least + Math.max(...values)) / 2, span: Math.max(...values) - least || 1 };
    };
    const [across, down] = [box("x"), box("y")];
    const { clientWidth: width, clientHeight: height } = container;
    const zoom = Math.min((width - 2 * PADDING) / across.span, (height - 2 * PADDING) / down.span);
    return { zoom, pan: { x: width / 2 - zoom * across.middle, y: height / 2 - zoom * down.middle } };
  }

  // Adds, changes and removes what differs, and nothing else is drawn anew; a member keeps its place.
  function update(graph, data) {
    const nodes = members(data);
    const edges = links(data);
    const wanted = new Map([...nodes, ...edges].map((element) => [element.id, element]));
    const come = (element) => graph.getElementById(element.id).empty();
    const newNodes = nodes.filter(come);
    const places = newNodes.length > 0 ? linkwrightLayout.places(nodes, edges, graph.scratch("width")) : null;
    const gone = graph.elements().filter((element) => !wanted.has(element.id()));
    const changed = graph.elements().filter((element) => differs(element.data(), wanted.get(element.id())));
    const newEdges = edges.filter(come);
    graph.batch(() => {
      gone.remove();
      changed.forEach((element) => element.data(wanted.get(element.id())));
      graph.add(newNodes.map((data) => ({ group: "nodes", data, position: places?.get(data.id) || centre(graph) })));
      graph.add(newEdges.map((data) => ({ group: "edges", data })));
    });
    const { dataset } = graph.container();
    dataset.repainted = Number(dataset.repainted || 0) + gone.length + changed.length + newNodes.length + newEdges.length;
    note(graph);
  }

  function differs(shown, wanted) {
    return wanted && ["name", "isolated", "status"].some((key) => shown[key] !== wanted[key]);
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

  function start(container) {
    if (container.dataset.started) {
      return;
    }
    container.dataset.started = "yes";
    const data = document.getElementById("graph-data");
    const nodes = members(data);
    const edges = links(data);
    const large = nodes.length > LARGE;
    const width = container.clientWidth;
    const places = linkwrightLayout.places(nodes, edges, width);
    const graph = cytoscape({
      container,
      elements: [
        ...nodes.map((data) => ({ group: "nodes", data, position: places?.get(data.id) })),
        ...edges.map((data) => ({ group: "edges", data })),
      ],
      style: linkwrightGraphStyle.of(large),
      layout: layout(places, large),
      ...(large ? viewport(places, container) : {}),
      minZoom: 0.05,
      maxZoom: 6,
      pixelRatio: large ? 1 : "auto",
      hideEdgesOnViewport: large,
      textureOnViewport: large,
      boxSelectionEnabled: false,
      autoungrabify: true,
    });
    graph.scratch("width", width);
    if (graph.zoom() > MAX_FIRST_ZOOM) {
      graph.zoom(MAX_FIRST_ZOOM);
      graph.center();
    }
    note(graph);
    const name = () => large && nameWhatIsNear(graph);
    graph.one("render", () => {
      container.dataset.drawnMs = Math.round(performance.now());
      name();
    });
    graph.on("viewport", afterQuiet(NAMING_MS, name));
    graph.on("tap", "node", (event) => choose(graph, event.target.id()));
    const follow = afterQuiet(REDRAW_MS, () => {
      update(graph, data);
      name();
    });
    new MutationObserver(follow).observe(data, { childList: true, subtree: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(linkwrightGraphStyle.of(large)));
    document.getElementById("graph-find").addEventListener("change", (event) => find(graph, event.target.value));
  }

  // Many calls in a row are one, after the last.
  function afterQuiet(quietMs, action) {
    let pending = 0;
    return () => {
      clearTimeout(pending);
      pending = setTimeout(action, quietMs);
    };
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
