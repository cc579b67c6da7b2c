// The list of the story's revisions below the editor, fetched again whenever it is opened.

/** Fetches the page's list again each time it is opened. */
export function followHistory(): void {
  const history = document.querySelector<HTMLDetailsElement>("#history");
  history?.addEventListener("toggle", () => {
    if (history.open) void renew(history);
  });
}

async function renew(history: HTMLElement): Promise<void> {
  try {
    const page = await (await fetch(location.pathname)).text();
    const list = new DOMParser().parseFromString(page, "text/html").querySelector("#history ol");
    if (list) history.querySelector("ol")?.replaceWith(document.adoptNode(list));
  } catch {
    // The list stays unchanged; the status line says that the server can't be reached.
  }
}
