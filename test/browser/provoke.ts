// Causes every event that a person could cause in a page, and checks its elements. The code is text that runs in the page,
// exempt from the page's CSP; it is text since the tests' types have no DOM.

/** Events that a person, an animation or a load would cause. */
const EVENTS = [
  ...["abort", "animationend", "animationiteration", "animationstart", "auxclick", "beforecopy", "beforecut"],
  ...[
    "beforeinput",
    "beforematch",
    "beforepaste",
    "beforetoggle",
    "begin",
    "begin",
    "blur",
    "bounce",
    "cancel",
  ],
  ...["canplay", "change", "click", "close", "command", "contentvisibilityautostatechange", "contextmenu"],
  ...[
    "copy",
    "cuechange",
    "cut",
    "dblclick",
    "drag",
    "dragend",
    "dragenter",
    "dragover",
    "dragstart",
    "drop",
  ],
  ...["end", "ended", "error", "finish", "focus", "focusin", "focusout", "formdata", "input", "interest"],
  ...["invalid", "keydown", "keypress", "keyup", "load", "loadstart", "message", "mousedown", "mouseenter"],
  ...[
    "mouseleave",
    "mousemove",
    "mouseout",
    "mouseover",
    "mouseup",
    "mousewheel",
    "pagehide",
    "paste",
    "play",
  ],
  ...["pointerdown", "pointerenter", "pointermove", "pointerover", "pointerup", "repeat", "reset", "resize"],
  ...["scroll", "scrollend", "search", "securitypolicyviolation", "select", "selectstart", "show"],
  ...["slotchange", "start", "submit", "toggle", "touchend", "touchstart", "transitionend", "transitionrun"],
  ...["transitionstart", "unload", "webkitanimationend", "webkitanimationstart", "wheel"],
];

/** Elements that are never in an article's text. */
const REFUSED =
  "script, style, link, meta, base, svg, template, object, embed, applet, form, input, textarea, select, option, " +
  "noscript, noembed, noframes, xmp, plaintext, listing, title, frame, frameset, portal, fencedframe, slot, dialog, marquee, image";

/** The site's script, and its links for readers' programs. */
const OWN = 'script[src="/copy.js"], .readers a';

/**
 * Defines `provoke(root)`: every event on every element, focus and click too, a link to a page alone isn't followed;
 * `amiss(root)`: what stands there and should not, a line each; `loaded(root)`: once its pictures are there or failed.
 */
export const PROVOKE = `
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (link && /^(https?|mailto|tel):$/.test(link.protocol)) event.preventDefault();
  }, true);
  addEventListener("submit", (event) => /^https?:/.test(event.target.action) && event.preventDefault(), true);
  window.provoke = (root) => {
    for (const element of [...root.querySelectorAll("*")]) {
      element.focus?.();
      for (const name of ${JSON.stringify(EVENTS)}) {
        const Kind = /click|mouse/.test(name) ? MouseEvent : Event;
        element.dispatchEvent(new Kind(name, { bubbles: false, cancelable: true }));
      }
      element.click?.();
      if (element.matches("details")) element.open = !element.open;
    }
  };
  // A formula's elements are MathML, whatever stands in it; everything else is HTML.
  const spaceOf = (element) => element.closest("math") ? ${JSON.stringify("http://www.w3.org/1998/Math/MathML")} : "http://www.w3.org/1999/xhtml";
  window.amiss = (root) => [...root.querySelectorAll(${JSON.stringify(`*:not(${OWN})`)})].flatMap((element) => [
    ...(element.matches(${JSON.stringify(REFUSED)}) || element.namespaceURI !== spaceOf(element) || element.shadowRoot
      ? [element.outerHTML] : []),
    ...element.getAttributeNames()
      .filter((name) => /^on|[^a-z-]|^(style|srcdoc|srcset|name|is|slot|ping|target|popover|background|action|formaction|autofocus)$/.test(name))
      .map((name) => "attribute " + name + ": " + element.outerHTML),
    ...["href", "src", "cite", "poster"].filter((name) => element.hasAttribute(name))
      .filter((name) => !/^(https?|mailto|tel):$/.test(new URL(element.getAttribute(name), document.baseURI).protocol))
      .map((name) => "address of " + name + ": " + element.outerHTML),
  ]);
  window.loaded = (root) => Promise.all([...root.querySelectorAll("img")].map((image) => {
    image.loading = "eager";
    return image.decode().catch(() => {});
  }));
`;
