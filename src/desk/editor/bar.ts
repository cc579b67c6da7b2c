// The bar at the end of the screen lies over the story. What has the focus, and the line that is being written, are
// scrolled clear of it: the page's scroll padding is as high as the bar.

/** Keeps the page's scroll padding as high as the bar, which grows with what it says. */
export function keepClearOf(bar: HTMLElement): void {
  new ResizeObserver(() => {
    document.documentElement.style.scrollPaddingBottom = `${bar.offsetHeight}px`;
  }).observe(bar);
}

/** How much of the screen's end the bar covers, in pixels. */
export const coveredHeight = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom) || 0;
