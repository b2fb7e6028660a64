/** Brings the tab of this page into view where a narrow screen cuts the row; the page itself does not move. */
export function showCurrentTab() {
  for (const tab of document.querySelectorAll('.tabs [aria-current]')) {
    const row = tab.closest('.tabs');
    const { left, width } = row.getBoundingClientRect();
    const own = tab.getBoundingClientRect();
    row.scrollLeft += own.left + own.width / 2 - (left + width / 2);
  }
}
