// What stays in sight at the screen's start and end lies over the story. What has the focus, and the line that is being
// written, are scrolled clear of it: the page's scroll padding is as high.

/** Keeps the page's scroll padding as high as a bar, which grows with what it has. */
export function keepClearOf(bar: HTMLElement, side: "scrollPaddingTop" | "scrollPaddingBottom"): void {
  new ResizeObserver(() => {
    document.documentElement.style[side] = `${bar.offsetHeight}px`;
  }).observe(bar);
}

/** How much of the screen's end the bar covers, in pixels. */
export const coveredHeight = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom) || 0;
