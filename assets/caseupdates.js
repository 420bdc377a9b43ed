// What a page needs before and beside Reflex. No library, no data.
(() => {
  const READING = 240; // pixels scrolled: the first update is out of sight

  // The reader's zone, so that the server can say "today 06:41" as the reader would.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;

  // Forms and menu items with data-post: the answer says where to go, or why not. Only a route can set the
  // session's cookie, and only a full page load lets the socket know it.
  async function post(path, body, refuse) {
    try {
      const answer = await fetch(path, { method: "POST", body, headers: { accept: "application/json" } });
      const said = await answer.json();
      if (said.go) location.assign(said.go);
      else refuse(said.refused);
    } catch {
      refuse("The server cannot be reached. Try again in a moment.");
    }
  }

  document.addEventListener("submit", async (event) => {
    // Reflex stops every form it knows no handler of; one that asks by GET goes where it says.
    if (event.target.getAttribute("method") === "get") event.stopPropagation();
    const form = event.target.closest("form[data-post]");
    if (!form) return;
    event.preventDefault();
    event.stopPropagation();
    const alert = form.querySelector("[role=alert]");
    const button = form.querySelector("[type=submit]");
    const body = new FormData(form);
    const next = new URLSearchParams(location.search).get("next");
    if (next) body.set("next", next);
    alert.textContent = "";
    button.disabled = true;
    await post(form.dataset.post, body, (sentence) => { alert.textContent = sentence; button.disabled = false; });
  }, true);

  const act = (event) => {
    const item = event.target.closest?.("[data-post]:not(form)");
    if (item) post(item.dataset.post, new FormData(), (sentence) => window.alert(sentence));
    const view = event.target.closest?.("[data-view]");
    // A document opens in the page where the browser shows documents in pages; elsewhere in a window of its own.
    if (view && navigator.pdfViewerEnabled && matchMedia("(min-width: 700px)").matches) { event.preventDefault(); toggle(view); }
    if (event.target.closest?.("[data-print]")) print(event.target.closest("article"));
    // A tick box shows its tick at once; the server's word follows within the same blink.
    const tick = event.target.closest?.("[role=checkbox]");
    if (tick) tick.setAttribute("aria-checked", tick.getAttribute("aria-checked") === "true" ? "false" : "true");
  };

  function toggle(view) {
    const place = document.getElementById(view.dataset.view);
    place.hidden = !place.hidden;
    view.setAttribute("aria-expanded", String(!place.hidden));
    place.replaceChildren();
    if (place.hidden) return;
    const frame = document.createElement("iframe");
    frame.src = view.href;
    frame.title = view.textContent;
    place.append(frame);
  }

  // A step of the gate replaces the one before it: its heading takes the focus, so that a screen reader says it,
  // unless a field of it has taken it.
  function enterStep(changes) {
    for (const each of changes) for (const node of each.addedNodes) {
      const heading = node.querySelector?.(".gate-step [data-step], [data-step]");
      if (!heading || node.querySelector("[autofocus], input:focus")) continue;
      const field = node.querySelector("input");
      (field ?? heading).focus({ preventScroll: true });
    }
  }

  // On a phone the way between the settings scrolls sideways: it begins where one is.
  function showWhere(changes) {
    for (const each of changes) for (const node of each.addedNodes) {
      const here = node.querySelector?.(".settings-nav [aria-current]");
      if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 14;
    }
  }

  function print(article) {
    document.body.classList.add("printing-one");
    article.classList.add("printing");
    window.print();
    document.body.classList.remove("printing-one");
    article.classList.remove("printing");
  }

  // A printed page says when it was printed, in the reader's zone.
  addEventListener("beforeprint", () => {
    const now = new Date().toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
    for (const each of document.querySelectorAll("[data-printed]")) each.textContent = `Printed ${now}`;
  });

  document.addEventListener("click", act);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("[role=menuitem][data-post]")) act(event);
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
    if (field && field.offsetParent !== null) { event.preventDefault(); field.focus(); }
  });

  // Variables go where the cursor is; the browser's own command keeps its undo, and says "input" as typing does.
  let field;
  document.addEventListener("focusin", ({ target }) => { if (target.matches("[data-takes-variables]")) field = target; });
  function insert(text) {
    const into = field?.isConnected ? field : document.querySelector("textarea[data-takes-variables]");
    into.focus();
    if (document.execCommand("insertText", false, text)) return;
    into.setRangeText(text, into.selectionStart, into.selectionEnd, "end");
    into.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function showLine(number) {
    const area = document.querySelector("textarea[data-takes-variables]"), lines = area.value.split("\n");
    const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
    area.scrollTop = area.scrollHeight * (number - 4) / lines.length;
  }
  document.addEventListener("click", ({ target }) => {
    const chosen = target.closest?.("[data-insert], [data-line]");
    if (chosen?.dataset.insert) insert(chosen.dataset.insert);
    if (chosen?.dataset.line) showLine(Number(chosen.dataset.line));
  });
  addEventListener("beforeunload", (event) => { if (document.querySelector("[data-unsaved]")) event.preventDefault(); });

  // The router would only change the address, and leave the focus on the link.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".skip")) return;
    event.preventDefault();
    document.getElementById("content").focus();
  }, true);

  // A dialog opened by the server knows no button to give the focus back to: it is whatever had it on the page.
  const DIALOGS = "[role=dialog], [role=alertdialog]";
  let before;
  document.addEventListener("focusin", ({ target }) => { if (!target.closest("[role=dialog], [role=alertdialog], [role=menu]")) before = target; });
  function giveFocusBack(changes) {
    const isDialog = (node) => node.matches?.(DIALOGS) || node.querySelector?.(DIALOGS);
    const left = changes.some((each) => [...each.removedNodes].some(isDialog));
    // After the dialog's own clean-up, which leaves the focus on nothing.
    if (left) setTimeout(() => { if (document.activeElement === document.body) before?.focus({ preventScroll: true }); }, 20);
  }

  // Updates that arrive while the reader is further down wait behind a pill: nothing that is being read moves.
  const pill = document.createElement("button");
  pill.type = "button";
  pill.className = "arrivals";
  pill.addEventListener("click", () => scrollTo({ top: 0 }));
  let arrived = 0;
  function count(number) {
    arrived = number;
    pill.textContent = `${arrived} new update${arrived === 1 ? "" : "s"}`;
    if (arrived) document.body.append(pill);
    else pill.remove();
  }
  new MutationObserver((changes) => {
    // One put before another is new; older ones are put behind all others.
    const news = changes.filter((each) => each.nextSibling?.nodeName === "ARTICLE" &&
      [...each.addedNodes].some((node) => node.nodeName === "ARTICLE" && node.classList.contains("update")));
    if (news.length && scrollY > READING) count(arrived + news.length);
    giveFocusBack(changes);
    enterStep(changes);
    showWhere(changes);
  }).observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("scroll", () => { if (arrived && scrollY <= READING) count(0); }, { passive: true });
})();
