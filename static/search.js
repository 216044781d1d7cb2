// The search page: what is written in its field to a list of results, through Pagefind. Every word it shows stands in templates/search.html or in the index.
(() => {
  const STEP = 10, SECTIONS = 5, PAUSE = 250;
  const [form, field, status, nothing, list, more, shape] = ["search", "words", "status", "nothing", "results", "more", "result"].map((id) => document.getElementById(`_${id}`));
  const show = (element, shown) => { element.hidden = !shown; };
  const notice = (id) => show(document.getElementById(id), true);
  let program, latest = 0, waiting = [];

  // A browser loads no program from a folder, and would complain of the attempt.
  if (location.protocol === "file:") {
    show(form, false);
    return notice("_folder");
  }

  const load = () => (program ??= import(new URL(form.dataset.program, document.baseURI)));

  // An excerpt is text with <mark> in it, and only < and > escaped.
  const marked = (excerpt) => excerpt.split(/<\/?mark>/).map((part, n) => {
    const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return n % 2 ? Object.assign(document.createElement("mark"), { textContent: text }) : text;
  });

  const point = (link, text, address) => Object.assign(link, { textContent: text, href: address });

  const item = ({ meta, excerpt, sub_results }) => {
    const made = shape.content.cloneNode(true);
    const [title, of, text, sections] = made.firstElementChild.children;
    point(title.firstElementChild, meta.title, meta.url);
    of.textContent = [meta.kind, meta.experts].filter(Boolean).join(" · ");
    const best = sub_results.filter((part) => part.anchor).sort((one, other) => other.locations.length - one.locations.length).slice(0, SECTIONS);
    // From before the claims or from the best of them: an excerpt of the whole could end in a claim whose condition is nowhere in the result.
    const { excerpt: shown } = sub_results.find((part) => !part.anchor) ?? best[0] ?? { excerpt };
    text.append(...marked(shown));
    for (const part of best) {
      const line = document.createElement("li");
      line.append(point(document.createElement("a"), part.title, `${meta.url}#${part.anchor.id}`));
      sections.append(line);
    }
    if (!best.length) sections.remove();
    return made;
  };

  const next = async () => (await Promise.all(waiting.splice(0, STEP).map((result) => result.data()))).map(item);

  const failed = () => {
    show(form, false);
    notice("_failed");
  };

  // Only the latest search is shown, whichever ends first.
  const search = async () => {
    const query = field.value.trim(), mine = ++latest;
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    const results = query ? (await (await load()).search(query)).results : [], n = results.length;
    if (mine !== latest) return;
    waiting = results;
    const items = await next();
    if (mine !== latest) return;
    list.replaceChildren(...items);
    const { one, other, nothing: none } = status.dataset;
    status.textContent = query && (n > 1 ? other : n ? one : none).replace("{n}", n).replace("{query}", () => query);
    show(nothing, query && !n);
    show(more, waiting.length);
  };
  const find = () => search().catch(failed);

  const further = async () => {
    const mine = latest, items = await next(), first = items[0].querySelector("a");
    if (mine !== latest) return;
    list.append(...items);
    first.focus();
    show(more, waiting.length);
  };
  more.addEventListener("click", () => further().catch(failed));

  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(find, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    find();
  });
  field.addEventListener("focus", () => load().catch(failed), { once: true });

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) find();
})();
