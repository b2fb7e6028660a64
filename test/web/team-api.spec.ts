import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { staff } from '../support/house.js';
import { program, type Program } from '../support/program.js';
import { scene } from '../support/scene.js';

let world: TestApp;
let api: Program;
let stranger: string;
const url = '/api/v1/conferences/here/team';

beforeAll(async () => {
  world = await startApp();
  const here = await scene(world, 'here', 'H');
  const there = await scene(world, 'there', 'T');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  stranger = await staff(world, 'stranger@example.org', [{ role: 'readonly', conferenceId: there.conference.id }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: here.conference.id }]);
  api = await program(world, 'organizer@example.org', ['team:write']);
});
afterAll(() => world.close());

interface Member {
  id: string;
  email: string;
  roles: string[];
  version: number;
}
const team = async () => (await api.get(url)).json<{ items: Member[] }>().items;

describe('the team of a conference through the API', () => {
  it('is listed without what is secret, and given and taken roles', async () => {
    const invited = await api.post(url, {
      email: 'editor@example.org',
      name: 'Editor',
      locale: 'be',
      role: 'programme_editor',
    });
    expect([invited.status, invited.json()]).toEqual([
      201,
      expect.objectContaining({ email: 'editor@example.org', ready: false, roles: ['programme_editor'] }),
    ]);
    expect(invited.body).not.toMatch(/password|hash/i);
    const { id, version } = invited.json<Member>();
    expect((await world.mails()).filter(({ to }) => to === 'editor@example.org')).toHaveLength(1);
    expect((await api.post(`${url}/${id}/invitation`)).status).toBe(204);
    expect((await world.mails()).filter(({ to }) => to === 'editor@example.org')).toHaveLength(2);
    const role = 'programme_editor';
    expect((await api.post(`${url}/${id}/revocations`, { role, version: version + 7 })).status).toBe(412);
    expect((await api.post(`${url}/${id}/revocations`, { role, version })).status).toBe(204);
    expect((await team()).map(({ email }) => email)).not.toContain('editor@example.org');
  });

  it('gives no more than the caller holds [A7], and knows nobody of another conference [A3]', async () => {
    const admin = await api.post(url, { email: 'high@example.org', name: 'High', locale: 'be', role: 'admin' });
    expect(admin.json()).toMatchObject({ status: 403 });
    expect((await team()).map(({ email }) => email)).not.toContain('high@example.org');
    expect((await api.post(`${url}/${stranger}/revocations`, { role: 'readonly', version: 1 })).status).toBe(404);
    expect((await api.post(`${url}/${stranger}/invitation`)).status).toBe(404);
    const reader = await program(world, 'reader@example.org', ['team:write']);
    expect((await reader.get(url)).status).toBe(404);
  });
});
