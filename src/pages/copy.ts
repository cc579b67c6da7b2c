// The one script: it shows the buttons that copy a feed's address, and makes them do it.

/**
 * Body of `/copy.js`. Browsers give `clipboard` to secure pages alone; elsewhere the buttons stay hidden. Where somebody
 * forbade it, the address is selected instead, for them to copy.
 */
export const COPY_SCRIPT = `for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copy]") : []) {
  button.hidden = false;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      getSelection().selectAllChildren(button.parentElement.querySelector("a"));
      return;
    }
    button.firstChild.data = button.dataset.copied;
    button.closest("section").querySelector("[role=status]").textContent = button.textContent;
  };
}
`;
