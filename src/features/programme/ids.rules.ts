export { isId } from '../../kernel/ids.js';
