// Dialogs, the word on the connection, and what htmx does not do by itself.
"use strict";

(() => {
  const SILENCE_LIMIT_MS = 30_000;
  const TOAST_MS = 6_000;
  const MAX_TOASTS = 4;
  const AGE_STEP_MS = 5_000;

  const dialog = document.getElementById("dialog");
  const connection = document.getElementById("connection");
  let lastSent = "";
  let silence = 0;
  let isStale = false;

  function say(state, words) {
    if (connection.dataset.state !== state) {
      connection.dataset.state = state;
      connection.querySelector(".words").textContent = words;
    }
  }

  function lost() {
    say("lost", "Connection lost, trying again");
  }

  function alive() {
    say("live", "Live");
    clearTimeout(silence);
    silence = setTimeout(lost, SILENCE_LIMIT_MS);
  }

  function toast(message, tone) {
    const element = document.createElement("div");
    element.className = "toast " + tone;
    element.textContent = message;
    const toasts = document.getElementById("toasts");
    toasts.append(element);
    while (toasts.children.length > MAX_TOASTS) {
      toasts.firstElementChild.remove();
    }
    setTimeout(() => element.remove(), TOAST_MS);
  }

  // The extension makes a new source after a refusal; it names what was shown last, as a browser's
  // own return does.
  htmx.createEventSource = (address) => {
    const url = new URL(address, location.href);
    if (lastSent) {
      url.searchParams.set("seen", lastSent);
    }
    const source = new EventSource(url);
    source.addEventListener("live", (event) => {
      lastSent = event.lastEventId;
      alive();
    });
    source.addEventListener("patch", (event) => {
      lastSent = event.lastEventId;
      alive();
    });
    source.addEventListener("beat", alive);
    source.addEventListener("offline", lost);
    source.addEventListener("refresh", () => {
      source.close();
      lastSent = "";
      fetchPageAgain();
    });
    source.addEventListener("error", lost);
    return source;
  };

  // A form that is on its way may be what the news is about: its answer may lead elsewhere, and would
  // be lost with the page.
  function fetchPageAgain() {
    isStale = dialog.querySelector("form.htmx-request") !== null;
    if (isStale) {
      return;
    }
    htmx.ajax("GET", location.pathname + location.search, {
      target: "#page",
      select: "#page",
      swap: "outerHTML",
    });
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    const leadsElsewhere = event.detail.xhr.getResponseHeader("HX-Redirect");
    if (isStale && !leadsElsewhere && dialog.contains(event.detail.elt)) {
      fetchPageAgain();
    }
  });

  // What a patch brings in is marked for a moment.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const element = event.detail.fragment.firstElementChild;
    if (element && element.tagName === "TBODY") {
      element.classList.add("fresh");
    }
    keepOpen(event.detail.target, event.detail.fragment);
  });

  // A list that somebody unfolded stays so when it is replaced.
  function keepOpen(before, after) {
    for (const details of before.querySelectorAll("details[open][id]")) {
      const same = after.querySelector("#" + CSS.escape(details.id));
      if (same) {
        same.open = true;
      }
    }
  }

  // Settled means that what must be dressed up is, so the focus goes where it can stay.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== dialog || !dialog.firstElementChild) {
      return;
    }
    if (!dialog.open) {
      dialog.showModal();
    }
    const wrong = dialog.querySelector('input[aria-invalid="true"]');
    if (wrong) {
      wrong.focus();
    }
  });

  document.addEventListener("linkwright-done", (event) => {
    dialog.close();
    toast(event.detail.message, "good");
    if (connection.dataset.state !== "live") {
      fetchPageAgain();
    }
  });

  dialog.addEventListener("close", () => dialog.replaceChildren());

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) {
      dialog.close();
    }
  });

  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.target && event.detail.target.id === "page") {
      // What the page is about is gone, and the whole answer says so.
      location.reload();
      return;
    }
    toast("Not done: the server answered " + event.detail.xhr.status + ". Try again.", "bad");
  });
  document.addEventListener("htmx:sendError", () => {
    toast("Not sent: the server does not answer.", "bad");
  });
  document.addEventListener("htmx:timeout", () => {
    toast("No answer in time. Look whether it was done before you try again.", "bad");
  });

  // How long ago is a matter of the reader's clock, so the page holds the time alone.
  function tellAges() {
    for (const time of document.querySelectorAll("time[data-ago]")) {
      const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time.dateTime)) / 1000));
      time.textContent = seconds < 60 ? `${seconds} s ago` : age(seconds);
      time.title = time.dateTime;
    }
  }

  function age(seconds) {
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) {
      return `${minutes} min ago`;
    }
    return minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / (24 * 60))} days ago`;
  }

  setInterval(tellAges, AGE_STEP_MS);
  document.addEventListener("htmx:load", tellAges);

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-choice]");
    if (form && event.target.matches("select") && event.target.value) {
      form.requestSubmit();
    }
  });

  if (!document.getElementById("live")) {
    connection.hidden = true;
  }
})();
