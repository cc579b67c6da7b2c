// The list of the story's revisions below the editor: read anew whenever somebody opens it.

/** Keeps the list of the page as new as the server's, from the moment in which it is opened. */
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
    // The list stays as it was; the line below the editor says that the server can't be reached.
  }
}
