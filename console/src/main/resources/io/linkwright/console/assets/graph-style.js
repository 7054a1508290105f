// How the graph looks, in the colours of the page.
"use strict";

const linkwrightGraphStyle = (() => {
  const LARGE_FONT = 9;
  // A name in a large graph is drawn once it would be this high.
  const LEAST_FONT = 9;

  // Measuring every name costs more than drawing every dot, so in a large graph a name comes when
  // there is a reason to show it.
  function of(large) {
    const css = getComputedStyle(document.documentElement);
    const colour = (name) => css.getPropertyValue(name).trim();
    const dot = large ? 7 : 16;
    return [
      {
        selector: "node",
        style: {
          label: large ? "" : "data(name)",
          width: dot,
          height: dot,
          "background-color": colour("--accent"),
          color: colour("--text"),
          "font-size": large ? LARGE_FONT : 13,
          "min-zoomed-font-size": large ? LEAST_FONT : 0,
          "text-valign": "bottom",
          "text-margin-y": 4,
          "text-outline-color": colour("--surface"),
          "text-outline-width": 2,
        },
      },
      { selector: ".named", style: { label: "data(name)" } },
      {
        selector: 'node[isolated = "yes"]',
        style: {
          label: "data(name)",
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
        style: { label: "data(name)", "border-width": 4, "border-color": colour("--focus"), "min-zoomed-font-size": 0 },
      },
      {
        selector: "edge",
        style: { width: large ? 2 : 2.5, "line-color": colour("--line-strong"), "line-style": "dotted", "curve-style": "haystack" },
      },
      { selector: 'edge[status = "UP"]', style: { "line-color": colour("--ok"), "line-style": "solid" } },
      { selector: 'edge[status = "DOWN"]', style: { "line-color": colour("--down"), "line-style": "dashed" } },
      { selector: ".near", style: { width: 5 } },
    ];
  }

  // Whether names in a large graph are high enough.
  function isReadable(zoom) {
    return zoom * LARGE_FONT >= LEAST_FONT;
  }

  return { of, isReadable };
})();
