// What a test asks a page that it cannot see from outside. Each finding is a short text that a person can find on the page.
globalThis.probe = (() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const words = (text) => text.replace(/\s+/g, " ").trim();
  const name = (element) => {
    const place = element.id ? `#${element.id}` : [...element.classList].map((each) => `.${each}`).join("");
    return `<${element.localName}${place}> ${words(element.textContent).slice(0, 50)}`;
  };
  const clips = (style) => style.overflowX !== "visible" || style.overflowY !== "visible";
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1;

  // The usual ways to say something to a screen reader alone.
  const forEarsOnly = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const box = each.getBoundingClientRect();
      const style = getComputedStyle(each);
      if (box.width <= 2 || box.height <= 2 || (style.clipPath.startsWith("inset") && style.position === "absolute") || box.right <= 0 || box.bottom + scrollY <= 0) return true;
    }
    return false;
  };

  // Walked by hand: where scripts are off, the browser calls nothing back.
  // Neither scripts nor the controls that only a script gives a meaning.
  const NOT_READ = "script, style, template, button, form, output, [role=status]";
  const textNodes = (root) => [...root.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? (words(node.data) ? [node] : []) : textNodes(node)));
  const blockOf = (node) => {
    let element = node.parentElement;
    while (/^(inline|contents|ruby)/.test(getComputedStyle(element).display) && !/flex|grid|block/.test(getComputedStyle(element).display)) element = element.parentElement;
    return element;
  };
  const rectangles = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  };

  const readable = () => textNodes(document.querySelector("main")).filter((node) => !node.parentElement.closest(NOT_READ));
  const opened = (popover) => popover && document.querySelector(`[popovertarget="${popover.id}"]`);

  // A part of the screen with an edge for what is drawn around an element.
  const around = (element) => {
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const box = element.getBoundingClientRect();
    const [left, top] = [Math.max(0, box.left - 8), Math.max(0, box.top - 8)];
    return { x: left, y: top, width: Math.max(1, Math.min(innerWidth, box.right + 8) - left), height: Math.max(1, Math.min(innerHeight, box.bottom + 8) - top) };
  };
  const marks = new Map();
  let last = null;

  return {
    openAll() {
      for (const details of all("details")) {
        details.removeAttribute("name"); // of those that share a name only one could be open
        details.open = true;
      }
    },

    // How far the page can be scrolled sideways.
    sideways() {
      const pixels = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      return pixels > 0 ? [`${pixels} pixels`] : [];
    },

    // One element with a text of its own for each combination of colour, ground and size of letters.
    samples() {
      const found = new Map();
      const grounds = new Map([[null, ""]]);
      const ground = (element) => {
        if (!grounds.has(element)) {
          const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(element);
          const own = [backgroundColor, backgroundImage, opacity, position].join().replace(/^rgba\(0, 0, 0, 0\),none,1,(static|relative)$/, "");
          grounds.set(element, own + ground(element.parentElement));
        }
        return grounds.get(element);
      };
      for (const element of new Set(textNodes(document.body).map((node) => node.parentElement))) {
        const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(element);
        const style = [element.localName === "a", color, fontSize, fontWeight, textDecorationLine, ground(element)].join();
        if (!found.has(style) && shown(element)) found.set(style, element);
      }
      return [...found.values()];
    },

    // Texts that stick out of a box that they stand in, or that one cuts off, where nobody can scroll to them; and texts that lie on one another.
    cut() {
      const found = new Set();
      const placed = [];
      for (const node of textNodes(document.body)) {
        if (!shown(node.parentElement) || forEarsOnly(node.parentElement)) continue;
        const boxes = rectangles(node);
        const text = `'${words(node.data).slice(0, 40)}'`;
        let still = true; // does not move over the page when it is scrolled
        let out = false;
        for (let each = blockOf(node); each && each !== document.body; each = each.parentElement) {
          const style = getComputedStyle(each);
          const frame = each.getBoundingClientRect();
          const slack = Math.max(1.5, Math.min(8, frame.width * 0.08)); // a separator may hang
          if (/sticky|fixed/.test(style.position)) still = false;
          if (scrolls(each) && each.tabIndex >= 0) break;
          if (!out && boxes.some((box) => box.right > frame.right + slack || box.left < frame.left - slack)) {
            found.add(`${text} is wider than ${name(each)}`);
            out = true; // and so, likely, out of the boxes around that one
          }
          if (clips(style) && boxes.some((box) => box.bottom > frame.bottom + box.height / 2 || box.top < frame.top - box.height / 2)) found.add(`${text} is higher than ${name(each)}`);
          if (/absolute|fixed/.test(style.position)) break; // such a box may stand outside of those around it
        }
        if (still) placed.push(...boxes.map((box) => ({ text, node, left: box.left + 2, right: box.right - 2, top: box.top + box.height * 0.3, bottom: box.bottom - box.height * 0.3 })));
      }
      placed.sort((one, other) => one.top - other.top);
      placed.forEach((one, at) => {
        for (let next = at + 1; next < placed.length && placed[next].top < one.bottom; next++) {
          const other = placed[next];
          if (one.node !== other.node && one.left < other.right && other.left < one.right) found.add(`${one.text} lies on ${other.text}`);
        }
      });
      return [...found];
    },

    // Regions that scroll and cannot be reached with the keyboard, or do not say what they are.
    deadRegions: () =>
      all("body *").filter((element) => shown(element) && scrolls(element) && !(element.tabIndex >= 0 && (element.ariaLabel || element.hasAttribute("aria-labelledby")))).map(name),

    // Popovers that do not fit the screen when their button opens them.
    async offScreen() {
      const found = [];
      for (const button of all("[popovertarget]").filter(shown).slice(0, 6)) {
        const popover = document.getElementById(button.getAttribute("popovertarget"));
        button.scrollIntoView({ block: "center", behavior: "instant" });
        button.click();
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const box = popover?.getBoundingClientRect();
        if (!popover?.matches(":popover-open")) found.push(`${name(button)} opens nothing`);
        else if (box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight) found.push(`${name(popover)} is off the screen`);
        popover?.hidePopover();
      }
      return found;
    },

    // The sum of all shifts of the layout since the page was asked for, and what moved.
    async shift() {
      await document.fonts.ready;
      return new Promise((done) => {
        const entries = [];
        new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
        const moved = () => entries.flatMap((entry) => entry.sources.map((source) => source.node?.parentElement && name(source.node.nodeType === Node.TEXT_NODE ? source.node.parentElement : source.node)));
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done({ sum: entries.reduce((sum, entry) => sum + entry.value, 0), moved: moved().slice(0, 3) }), 0)));
      });
    },

    // What the first picture waits for, and scripts that make the parser wait.
    blocking: () => ({
      resources: performance.getEntriesByType("resource").filter((entry) => entry.renderBlockingStatus === "blocking").map((entry) => entry.name),
      scripts: all("script").filter((script) => !["module", "speculationrules", "application/ld+json"].includes(script.type) && !(script.src && (script.defer || script.async))).map((script) => script.outerHTML.slice(0, 80)),
    }),

    icons: () => all("link[rel~=icon], link[rel=manifest]").map((link) => link.href),

    // The texts of the main part.
    texts: () => readable().map((node) => words(node.data)),

    // Those that stand on the screen when everything is open and are of use on paper.
    shownTexts() {
      this.openAll();
      return readable()
        .filter((node) => shown(node.parentElement) && !forEarsOnly(node.parentElement) && !node.parentElement.closest(".screen-only"))
        .map((node) => words(node.data));
    },

    // Texts that a reader cannot get to: nowhere shown, though everything that opens without a script is open.
    unreachable() {
      const seen = (node) => shown(node.parentElement) || opened(node.parentElement.closest("[popover]"));
      const reached = new Set(readable().filter(seen).map((node) => words(node.data)));
      return readable().map((node) => words(node.data)).filter((text) => !reached.has(text));
    },

    // Everything that the Tab key stops at and that does not look otherwise then.
    unseenFocus() {
      const signs = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "borderColor", "borderWidth", "textDecoration", "color", "insetBlockStart"];
      const look = (element) => [element, element.closest("label") ?? element.parentElement].map((each) => signs.map((sign) => getComputedStyle(each)[sign]).join()).join();
      const stops = all("a[href], button, input, select, textarea, summary, [tabindex='0']").filter((element) => shown(element) && !element.disabled);
      return stops
        .filter((element) => {
          document.activeElement.blur();
          const before = look(element);
          element.focus({ focusVisible: true, preventScroll: true });
          return document.activeElement === element && look(element) === before;
        })
        .map(name);
    },

    // What has the focus: where it leads, whether it is in sight, whether it stands behind the beginning of the main part.
    focused() {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const pastNavigation = Boolean(document.querySelector("main").compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
      return { name: name(element), href: element.href ?? "", inSight, pastNavigation };
    },
    aroundFocus: () => around(document.activeElement),
    dropFocus() {
      last = document.activeElement;
      last.blur();
    },
    takeFocus: () => last.focus({ focusVisible: true, preventScroll: true }),

    // One mark of each shape, without its letters.
    bareMarks() {
      for (const mark of all(".mark").filter(shown)) if (!marks.has(mark.className)) marks.set(mark.className, mark);
      for (const node of [...marks.values()].flatMap(textNodes)) node.data = "";
      return [...marks.keys()];
    },
    aroundMark: (shape) => around(marks.get(shape)),
    hideMark: (shape) => marks.get(shape).style.setProperty("visibility", "hidden"),

    // What moves: animations, transitions, smooth scrolling, transitions between pages.
    moving() {
      const found = new Set();
      const long = (times) => times.split(",").some((time) => parseFloat(time) > (time.trim().endsWith("ms") ? 10 : 0.01));
      for (const element of all("*")) {
        for (const part of [null, "::before", "::after"]) {
          const style = getComputedStyle(element, part);
          if (style.animationName !== "none" && long(style.animationDuration)) found.add(`${name(element)} animation ${style.animationName}`);
          if (style.transitionProperty !== "none" && long(style.transitionDuration)) found.add(`${name(element)} transition ${style.transitionProperty}`);
          if (style.scrollBehavior === "smooth") found.add(`${name(element)} scrolls smoothly`);
        }
      }
      const rules = (list) => [...list].flatMap((rule) => (rule.media && !matchMedia(rule.media.mediaText).matches ? [] : rule.cssRules ? rules(rule.cssRules) : [rule]));
      for (const rule of [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules))) {
        if (rule.constructor.name === "CSSViewTransitionRule" && rule.navigation === "auto") found.add("a transition between pages");
      }
      return [...found];
    },

    links: () => all("a[href]").map((link) => link.href),

    // Whether the page itself says what it lacks without scripts.
    saysSo: () => all("noscript").length > 0,

    // Whether the stylesheets have come.
    dressed: () => all("link[rel=stylesheet]").length > 0 && all("link[rel=stylesheet]").every((link) => link.sheet),
  };
})();
