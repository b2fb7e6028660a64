import { Accounts, type Grant } from '../../src/features/accounts/index.js';
import type { TestApp } from './app.js';
import type { Client } from './client.js';

export const PASSWORD = 'a password for tests';

/** An account with a password and these roles. Answers its id. */
export async function staff({ get }: Pick<TestApp, 'get'>, email: string, grants: readonly Grant[]): Promise<string> {
  const accounts = get(Accounts);
  const id = await accounts.create('system', { email, name: email.split('@')[0]!, locale: 'en', grants });
  await accounts.setPassword(id, PASSWORD);
  return id;
}

/** Signs the client in on the staff page, as a browser does. */
export async function signedIn(client: Client, email: string, password = PASSWORD): Promise<Client> {
  const answer = await client.submit('/staff/sign-in', { email, password });
  if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`);
  return client;
}
