import { AccountCommands } from '../../src/features/accounts/account-commands.js';
import type { TestApp } from './app.js';
import type { Answer, Client, Fields } from './client.js';

type Method = 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** A program that uses the API with a token of that account. */
export class Program {
  constructor(private readonly client: Client) {}

  get(url: string): Promise<Answer> {
    return this.client.api('GET', url);
  }

  /** `version` is the one that the program has seen, for If-Match. */
  send(method: Method, url: string, payload?: unknown, version?: number): Promise<Answer> {
    return this.client.api(method, url, payload, version === undefined ? {} : { 'if-match': `"v${version}"` });
  }

  post(url: string, payload?: unknown, version?: number): Promise<Answer> {
    return this.send('POST', url, payload, version);
  }

  /** Sends a form with a file. */
  upload(url: string, fields: Fields, file: { filename: string; bytes: Buffer }): Promise<Answer> {
    return this.client.upload(url, fields, { field: 'file', ...file });
  }

  patch(url: string, payload: unknown, version?: number): Promise<Answer> {
    return this.send('PATCH', url, payload, version);
  }
}

/** `scopes` as in docs/access.md: `programme:write`. */
export async function program(world: TestApp, email: string, scopes: readonly string[]): Promise<Program> {
  const client = world.client();
  client.bearer = await world.get(AccountCommands).addToken(email, [...scopes] as never, 30);
  return new Program(client);
}
