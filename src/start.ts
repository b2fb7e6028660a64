import { createApplication } from './application.js';
import { ConfigError } from './platform/config/config.js';
import { environment } from './platform/config/environment.js';
import { greeting } from './greeting.js';

/** Starts the server: migrates, fills an empty demonstration database, listens, and says where everything is. */
export async function start(): Promise<void> {
  try {
    const config = environment();
    const app = await createApplication(config);
    app.enableShutdownHooks();
    await app.init();
    const demo = config.demo ? await (await import('./demo/seed.js')).seedDemo(app) : null;
    await app.listen(config.port, config.host);
    process.stdout.write(greeting(config, demo));
  } catch (error) {
    const expected = error instanceof ConfigError || (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    process.stderr.write(`${expected ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
    process.exit(1);
  }
}
