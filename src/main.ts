// The guard comes first and everything else is loaded after it, so that an old Node gets a sentence instead of a stack.
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 9)) {
  console.error(`Node.js ${process.versions.node} is too old for Skaryna: 24.9 or newer is needed. "npm start" uses the one that npm brought.`);
  process.exit(1);
}
const { enableCompileCache, flushCompileCache } = await import('node:module');
// Compiled code is kept beside the packages, not in a temporary folder where others may write.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/skaryna', import.meta.url)));
const { start } = await import('./start.js');
await start();
flushCompileCache();
