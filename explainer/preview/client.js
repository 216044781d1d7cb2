// The preview's part in a page: loads it again where it was once it has changed, exchanges its stylesheet, and shows on top of it what is wrong.
// It is told a state and not events, so that a page that was asleep or cut off is right again as soon as it is told anything.
(() => {
  const { page } = document.currentScript.dataset;
  const KEPT = "_preview", AGAIN = 500;

  // Where the reader was: the first thing in sight with an address, or the one that began last, how far down it stood, and which parts were open.
  const parts = () => [...document.querySelectorAll("details")];
  const anchors = () => [...document.querySelectorAll("main [id]")].filter((element) => element.getClientRects().length);
  // Only a page that we load again has its place from us; the browser would put its own idea in place of ours, at whatever moment.
  let leaving = "auto";
  addEventListener("pagehide", () => { history.scrollRestoration = leaving; });
  const keepPlace = () => {
    const top = (element) => element.getBoundingClientRect().top;
    const all = anchors(), anchor = all.find((element) => top(element) >= 0 && top(element) < innerHeight) ?? all.findLast((element) => top(element) < 0);
    const place = { path: location.pathname, x: scrollX, y: scrollY, open: parts().map((part) => part.open) };
    if (scrollY && anchor) Object.assign(place, { id: anchor.id, top: top(anchor) });
    sessionStorage.setItem(KEPT, JSON.stringify(place));
    leaving = history.scrollRestoration = "manual";
  };
  const restorePlace = () => {
    const place = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    if (place?.path !== location.pathname) return;
    const all = parts();
    if (all.length === place.open.length) all.forEach((part, n) => { part.open = place.open[n]; });
    const restore = () => {
      const anchor = place.id && document.getElementById(place.id);
      scrollTo({ left: place.x, top: anchor ? scrollY + anchor.getBoundingClientRect().top - place.top : place.y, behavior: "instant" });
    };
    restore();
    addEventListener("load", restore, { once: true });
  };

  // The old stylesheet goes once the new one is there, so that the page is never seen without.
  let sheets = [...document.head.querySelectorAll('link[rel="stylesheet"]')];
  const exchange = (styles) => {
    sheets = sheets.map((old, n) => {
      const href = styles[n] && new URL(styles[n], document.baseURI).href;
      if (!href || old.href === href) return old;
      const fresh = Object.assign(old.cloneNode(), { href, onload: () => old.remove(), onerror: () => old.remove() });
      old.after(fresh);
      return fresh;
    });
  };

  const make = (name, className, ...inside) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  };
  const shown = ({ place, severity, message, way_out: wayOut, excerpt, more }) => make("li", severity,
    make("p", "place", place), make("p", "message", make("b", "", `${severity}: `), message),
    ...(wayOut ? [make("p", "way-out", wayOut)] : []), ...(excerpt ? [make("pre", "", excerpt)] : []), ...(more ? [make("p", "more", more)] : []));

  let host, panel, told = "";
  // A line that is longer than the screen is wide is moved so that its place is in sight; again once the panel has its styles, which decide how wide it is.
  const showPlaces = () => {
    for (const excerpt of panel.querySelectorAll("pre")) {
      const [line, caret = ""] = excerpt.textContent.split("\n");
      excerpt.scrollLeft = excerpt.scrollWidth * caret.indexOf("^") / Math.max(line.length, caret.length) - excerpt.clientWidth / 2;
    }
  };
  const board = () => {
    if (host) return;
    host = make("div", "");
    const style = Object.assign(make("link", ""), { rel: "stylesheet", href: "/_preview/client.css", onload: showPlaces });
    panel = make("details", "panel");
    host.attachShadow({ mode: "open" }).append(style, panel);
    document.documentElement.append(host);
  };
  addEventListener("keydown", ({ key }) => { if (key === "Escape" && host) panel.open = false; });
  const show = ({ problems, others, count, stopped }) => {
    const now = JSON.stringify([problems, count]);
    if (now === told) return;
    told = now;
    if (!problems.length) {
      host?.remove();
      host = undefined;
      return;
    }
    board();
    panel.replaceChildren();
    panel.className = stopped ? "panel stopped" : "panel";
    panel.open = stopped;
    const summary = make("summary", "", make("strong", "", count), stopped ? " · the page shows the last site that could be built" : "");
    summary.setAttribute("role", "status");
    const list = make("ol", "", ...problems.map(shown));
    panel.append(summary, list, ...others.map((line) => make("p", "others", line)));
    showPlaces();
  };

  let line;
  const connect = () => {
    if (line && line.readyState < WebSocket.CLOSING) return;
    line = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/livereload`);
    line.onopen = () => [{ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] }, { command: "info", url: location.href }]
      .forEach((message) => line.send(JSON.stringify(message)));
    line.onmessage = ({ data }) => {
      const state = JSON.parse(data);
      if (state.command !== "state") return;
      if (state.page !== page) {
        keepPlace();
        location.reload();
        return;
      }
      exchange(state.styles);
      show(state);
    };
    line.onclose = () => setTimeout(connect, AGAIN);
  };

  restorePlace();
  connect();
  // A browser lets the timers of a tab sleep that nobody looks at, and keeps pages that were left.
  addEventListener("visibilitychange", connect);
  addEventListener("online", connect);
  addEventListener("pageshow", connect);
})();
