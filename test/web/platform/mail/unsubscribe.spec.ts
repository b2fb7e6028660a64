import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InboundStore } from '../../../../src/platform/inbound/inbound-store.js';
import { InboundWorker } from '../../../../src/platform/inbound/inbound-worker.js';
import { AddressState } from '../../../../src/platform/mail/address-state.entity.js';
import { Outbox } from '../../../../src/platform/mail/outbox.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';

let world: TestApp;
let serial = 0;
const ENGLISH = { 'accept-language': 'en' };

beforeAll(async () => {
  world = await startApp();
});
afterAll(() => world.close());

async function sent(to: string, bulk = true) {
  const id = await world.get(Outbox).enqueue({
    kind: 'test',
    cause: `test:${++serial}`,
    to: { address: to },
    locale: 'en',
    subject: 'News of the congress',
    blocks: [{ kind: 'text', text: 'The programme is out.' }],
    ...(bulk ? { bulk: { list: 'congress-2027' } } : {}),
  });
  const mail = (await world.mails()).find((one) => one.raw.includes(`To: ${to}`));
  return { id: id!, mail };
}
const stateOf = (address: string) => world.db.repository(AddressState).findOneBy({ address });
const rowOf = (id: string) => world.db.repository(OutgoingMail).findOneByOrFail({ id });
const fieldsOf = (raw: string) => ({
  url: new URL(/^List-Unsubscribe: <([^>]+)>, <mailto:/m.exec(raw)![1]!),
  address: /^List-Unsubscribe: .*<mailto:([^?>]+)\?subject=unsubscribe>\r?$/m.exec(raw)![1]!,
});

describe('a bulk mail', () => {
  it('says which list it is, and how to stop it by a link, a click and a mail [CI4]', async () => {
    const { mail } = await sent('anna@library.example');
    expect(mail!.raw).toMatch(/^List-I[dD]: <congress-2027\.example\.org>\r?$/m);
    expect(mail!.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    expect(mail!.text).toContain(`Unsubscribe from news: ${fieldsOf(mail!.raw).url.href}`);
    const plain = (await sent('boris@library.example', false)).mail!;
    expect(plain.raw).not.toMatch(/^List-/m);
    expect(plain.text).not.toContain('/unsubscribe/');
  });

  it('is stopped by a POST and never by opening the link, which scanners do [T3]', async () => {
    const address = 'celina@library.example';
    const { pathname } = fieldsOf((await sent(address)).mail!.raw).url;
    for (const look of [await world.client().head(pathname), await world.client().get(pathname)])
      expect(look.status).toBe(200);
    expect(await stateOf(address)).toBeNull();
    const done = await world.client().post(pathname, {}, ENGLISH);
    expect([done.status, done.body.includes('The news is stopped')]).toEqual([200, true]);
    expect(await stateOf(address)).toMatchObject({ suppressed: 'bulk', status: 'unsubscribed' });
    expect(await rowOf((await sent(address)).id)).toMatchObject({
      state: 'failed',
      problem: 'suppressed after unsubscribed',
    });
    expect(await rowOf((await sent(address, false)).id)).toMatchObject({ state: 'sent' });
    expect((await world.client().post(`${pathname}/again`, {}, ENGLISH)).body).toContain('The news will come again.');
    expect(await rowOf((await sent(address)).id)).toMatchObject({ state: 'sent' });
  });

  it('is stopped by the one click of a mail program, without cookie, origin or token [CI4]', async () => {
    const address = 'darya@library.example';
    const { pathname } = fieldsOf((await sent(address)).mail!.raw).url;
    const answer = await world.app.inject({
      method: 'POST',
      url: pathname,
      headers: { host: '127.0.0.1:3000', 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    });
    expect(answer.statusCode).toBe(200);
    expect(await stateOf(address)).toMatchObject({ suppressed: 'bulk' });
  });

  it('is stopped by a mail to the address that it names', async () => {
    const reader = 'elena@library.example';
    const { address } = fieldsOf((await sent(reader)).mail!.raw);
    const raw = Buffer.from('From: else@home.example\r\nSubject: unsubscribe\r\n\r\nplease\r\n');
    await world.get(InboundStore).keep({ door: 'lmtp', from: 'else@home.example', to: [address.toUpperCase()], raw });
    await world.get(InboundWorker).drain();
    expect(await stateOf(reader)).toMatchObject({ suppressed: 'bulk' });
  });

  it('is stopped by nobody who has not seen it', async () => {
    const { pathname } = fieldsOf((await sent('fiona@library.example')).mail!.raw).url;
    const forged = pathname.replace(/.(?=.{5}$)/, (letter) => (letter === 'a' ? 'b' : 'a'));
    expect((await world.client().post(forged, {})).status).toBe(404);
    expect((await world.client().post('/unsubscribe/nothing', {})).status).toBe(404);
  });
});
