import { Grid } from './board/grid.js';
import { Desk } from './board/desk.js';
import { dragBlocks } from './board/drag.js';
import { moveByKeys } from './board/keys.js';
import { listen } from './board/live.js';
import { filterTray } from './board/tray.js';

const root = document.querySelector('[data-board]');
if (root) {
  const grid = new Grid(root);
  const desk = new Desk(root, grid);
  grid.show();
  filterTray(root);
  if ('mayEdit' in root.dataset) {
    moveByKeys(root, grid, desk);
    dragBlocks(root, grid, desk);
  }
  listen(root, grid, desk);
  root.dataset.ready = '';
  performance.mark('board-ready');
}
