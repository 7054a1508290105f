// How the graph looks, in the colours of the page.
"use strict";

const linkwrightGraphStyle = (() => {
  const LARGE_FONT = 9;
  // A name in a large graph is drawn once it would be this high.
  const LEAST_FONT = 9;
  // Otherwise a name of 200 characters would shrink the picture to fit in.
  const LONGEST_NAME = 170;

  // Every property of every element is work before the first picture, and to measure a name is more
  // than to draw its dot. So in a large graph a name is styled when there is a reason to show it.
  function of(large) {
    const css = getComputedStyle(document.documentElement);
    const colour = (name) => css.getPropertyValue(name).trim();
    const dot = large ? 7 : 16;
    return [
      { selector: "node", style: { width: dot, height: dot, "background-color": colour("--accent") } },
      {
        selector: large ? '.named, node[isolated = "yes"], node:selected' : "node",
        style: {
          label: "data(name)",
          color: colour("--text"),
          "font-size": large ? LARGE_FONT : 13,
          "min-zoomed-font-size": large ? LEAST_FONT : 0,
          "text-valign": "bottom",
          "text-margin-y": 4,
          "text-wrap": "ellipsis",
          "text-max-width": LONGEST_NAME,
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
      { selector: "edge", style: { width: large ? 2 : 2.5, "curve-style": "haystack" } },
      { selector: 'edge[status = "UP"]', style: { "line-color": colour("--ok") } },
      { selector: 'edge[status = "DOWN"]', style: { "line-color": colour("--down"), "line-style": "dashed" } },
      { selector: 'edge[status = "UNKNOWN"]', style: { "line-color": colour("--line-strong"), "line-style": "dotted" } },
      { selector: ".near", style: { width: 5 } },
    ];
  }

  // Whether names in a large graph are high enough.
  function isReadable(zoom) {
    return zoom * LARGE_FONT >= LEAST_FONT;
  }

  return { of, isReadable };
})();
