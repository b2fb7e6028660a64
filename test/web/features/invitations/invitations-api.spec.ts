import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation, Invitations } from '../../../../src/features/invitations/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let here: Scene;
let there: Scene;
let api: Program;
let url: string;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  there = await scene(world, 'there', 'T');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  api = await program(world, 'organizer@example.org', ['invitation:write', 'outbox:write']);
  url = '/api/v1/conferences/here/invitations';
});
afterAll(() => world.close());

const row = (id: string) => world.db.repository(Invitation).findOneByOrFail({ id });

describe('invitations through the API', () => {
  it('change their letter while it is not answered, and show how it would leave', async () => {
    const one = `${url}/${here.invitationId}`;
    const deadline = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    expect((await api.patch(one, { deadline })).status).toBe(428);
    const edited = await api.patch(one, { deadline, message: 'Паважаны калега!' }, 1);
    expect(edited.json()).toMatchObject({ deadline, message: 'Паважаны калега!', locale: 'en', version: 2 });
    expect((await api.patch(one, { locale: 'be' }, 1)).status).toBe(412);
    const letter = await api.get(`${one}/letter`);
    expect(letter.json()).toMatchObject({
      locale: 'en',
      subject: expect.stringContaining('Congress here'),
      text: expect.stringContaining('Паважаны калега!'),
    });
    expect(letter.body).not.toContain((await row(here.invitationId)).tokenHash);
    expect((await api.get(`${url}/${there.invitationId}/letter`)).status).toBe(404);
    expect((await api.patch(`${url}/${there.invitationId}`, { locale: 'be' }, 1)).status).toBe(404);
  });

  it('are sent together to as many as was expected; another number is 409 with the current one', async () => {
    const mute = await world.get(Invitations).create({
      conferenceId: here.conference.id,
      person: { given: 'Без', family: 'Адраса', email: null, institution: null, position: null, locale: 'be' },
      deadline: null,
      message: '',
      locale: 'be',
    });
    const drafts = await api.get(`${url}/sending`);
    expect(drafts.json()).toEqual({ count: 1, ready: [here.invitationId], left: [mute.id] });
    const wrong = await api.post(`${url}/sending`, { count: 2 });
    expect([wrong.status, wrong.json()]).toEqual([409, expect.objectContaining({ current: { count: 1 } })]);
    expect((await row(here.invitationId)).state).toBe('draft');
    expect((await api.post(`${url}/sending`, { count: 1 })).json()).toEqual({ count: 1 });
    expect((await row(here.invitationId)).state).toBe('queued');
    expect((await row(there.invitationId)).state).toBe('draft');
    expect(await world.mails()).toContainEqual(expect.objectContaining({ to: expect.stringMatching(/^guest\./) }));
  });

  it('are reminded of together, held until the number is confirmed', async () => {
    const reminded = await api.post(`${url}/reminders`);
    expect(reminded.json()).toEqual({ count: 1, batch: expect.stringMatching(/^reminders-/) });
    const { batch, count } = reminded.json<{ batch: string; count: number }>();
    const mails = '/api/v1/conferences/here/mails';
    expect((await api.post(`${mails}/sendings`, { batch, count: count + 1 })).status).toBe(409);
    expect((await api.post(`${mails}/sendings`, { batch, count })).status).toBe(200);
    await api.post(`${url}/${here.invitationId}/answers`, { answer: 'declined' });
    expect((await api.post(`${url}/reminders`)).json()).toEqual({ count: 0, batch: null });
  });
});
