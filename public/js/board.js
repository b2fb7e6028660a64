import { carryBlocks } from './board/carry.js';
import { Desk } from './board/desk.js';
import { dragBlocks } from './board/drag.js';
import { foldTop } from './board/fold.js';
import { Grid } from './board/grid.js';
import { moveByKeys } from './board/keys.js';
import { Lifting } from './board/lifting.js';
import { listen } from './board/live.js';
import { showRooms } from './board/rooms.js';
import { selectBlocks } from './board/selection.js';
import { filterTray } from './board/tray.js';
import { zoomBoard } from './board/zoom.js';

const root = document.querySelector('[data-board]');
if (root) {
  const grid = new Grid(root);
  const desk = new Desk(root, grid);
  foldTop();
  zoomBoard(root);
  grid.show();
  showRooms(root, grid);
  filterTray(root);
  if ('mayEdit' in root.dataset) {
    const lifting = new Lifting(root, grid, desk);
    const carry = carryBlocks(root, grid, desk, lifting);
    const selection = selectBlocks(root, grid, desk, carry);
    moveByKeys(root, grid, desk, { carry, selection });
    dragBlocks(root, grid, lifting, carry);
  }
  listen(root, grid, desk);
  // Afterwards the browser goes to the address's target itself, and takes the focus from wherever it is.
  addEventListener('load', () => setTimeout(() => desk.focusAsked()));
  root.dataset.ready = '';
  performance.mark('board-ready');
}
