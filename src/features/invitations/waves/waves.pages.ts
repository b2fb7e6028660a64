import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { LOCALES, pickText } from '../../../kernel/locale.js';
import { toLocal } from '../../../kernel/zones.js';
import { formatDay, formatTime } from '../../../platform/i18n/formats.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Accounts } from '../../accounts/index.js';
import { titled } from '../../conferences/index.js';
import { MailTemplates } from '../../mailings/index.js';
import { personName } from '../../people/index.js';
import { ASSIGNMENT_ROLES, type Session } from '../../programme/index.js';
import { InvitationQueries, shownState } from '../invitation.queries.js';
import { mayFindPeople, mayWriteWaves, termsOf, waveFrame, waveHome, wavesBase } from './wave-frame.js';
import { WaveGuests } from './wave-guests.service.js';
import { WAVE_FIELDS } from './wave-letter.rules.js';
import { WaveLetters } from './wave-letters.service.js';
import { figuresOf, WaveProgress, type Sent } from './wave-progress.queries.js';
import { PROTOCOL_LEVELS } from './protocol.rules.js';
import type { InvitationWave } from './wave.entity.js';
import { shownWaveState } from './wave.rules.js';
import {
  keepForm,
  letterQuery,
  mutedForm,
  orderForm,
  remindersForm,
  removePeopleForm,
  versionForm,
  waveEditForm,
  waveForm,
  waveLetterForm,
} from './wave.schemas.js';
import { Waves } from './waves.service.js';
import { WaveSending } from './wave-sending.service.js';

const USUAL = { perHour: '60', remindOn: true, remindAfter: '7', remindBefore: '', remindMost: '2' };

/** Waves of invitations: what they are for, who is in them, their letter, and how they stand. */
@Controller('org/c/:conf/invitations/waves')
export class WavesPages {
  constructor(
    private readonly accounts: Accounts,
    private readonly waves: Waves,
    private readonly guests: WaveGuests,
    private readonly letters: WaveLetters,
    private readonly progress: WaveProgress,
    private readonly sending: WaveSending,
    private readonly templates: MailTemplates,
    private readonly invitations: InvitationQueries,
  ) {}

  @Get()
  @Staff('invitation', 'read')
  async list(@Web() web: WebContext): Promise<string> {
    const waves = await this.waves.all(web.conference.id);
    const counts = await this.progress.counts(waves);
    const model = {
      here: wavesBase(web),
      mayWrite: mayWriteWaves(web),
      waves: waves.map((wave) => ({
        ...wave,
        href: waveHome(web, wave),
        chosen: counts.get(wave.id)!.chosen,
        shown: shownWaveState(wave.state, counts.get(wave.id)!.waiting),
      })),
      zone: web.conference.zone,
    };
    return web.page('pages/waves/list', model, waveFrame(web, web.t('wave.title'), { list: false }));
  }

  @Get('new')
  @Staff('invitation', 'write')
  blank(@Web() web: WebContext): Promise<string> {
    return this.showForm(web, null, web.emptyForm(USUAL));
  }

  @Post()
  @Staff('invitation', 'write')
  add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(waveForm, body, {
      done: async (input) => {
        const wave = await this.waves.add(web.conference.id, termsOf(web, input));
        return web.redirect(`${waveHome(web, wave)}/people`, { key: 'wave.done.added' });
      },
      again: (form) => this.showForm(web, null, form),
    });
  }

  @Get(':wave')
  @Staff('invitation', 'read')
  async one(@Web() web: WebContext, @Param('wave') id: string): Promise<string> {
    return this.showOne(web, await this.find(web, id), web.emptyForm());
  }

  @Get(':wave/edit')
  @Staff('invitation', 'write')
  async edit(@Web() web: WebContext, @Param('wave') id: string): Promise<string> {
    const wave = await this.find(web, id);
    return this.showForm(web, wave, web.emptyForm(valuesOf(wave, web.conference.zone)));
  }

  @Post(':wave/edit')
  @Staff('invitation', 'write')
  save(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return web.form(waveEditForm, body, {
      done: async ({ version, ...input }) => {
        await this.waves.edit(web.conference.id, { id, version }, termsOf(web, input));
        return this.home(web, id, 'wave.done.saved');
      },
      again: async (form) => this.showForm(web, await this.find(web, id), form),
    });
  }

  @Post(':wave/removal')
  @Staff('invitation', 'write')
  remove(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, versionForm, body, async ({ version }) => {
      await this.waves.remove(web.conference.id, { id, version });
      return web.redirect(wavesBase(web), { key: 'wave.done.removed' });
    });
  }

  /** Levels and numbers as typed, one step, or all by protocol. */
  @Post(':wave/order')
  @Staff('invitation', 'write')
  order(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, orderForm, body, async ({ version, order }) => {
      await this.guests.reorder(web.conference.id, { id, version }, order);
      return this.home(web, id, 'wave.done.ordered');
    });
  }

  @Post(':wave/removed-people')
  @Staff('invitation', 'write')
  takeOut(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, removePeopleForm, body, async ({ version, people }) => {
      const count = await this.guests.remove(web.conference.id, { id, version }, people);
      return this.home(web, id, 'wave.done.takenOut', { count });
    });
  }

  @Get(':wave/letter')
  @Staff('invitation', 'write')
  async letter(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Query({ schema: letterQuery }) query: z.output<typeof letterQuery>,
  ): Promise<string> {
    const wave = await this.find(web, id);
    const { subject, body } =
      query.template === null ? wave : await this.templates.version(web.conference.id, query.template);
    return this.showLetter(web, wave, web.emptyForm({ subject, body }));
  }

  @Post(':wave/letter')
  @Staff('invitation', 'write')
  write(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return web.form(waveLetterForm, body, {
      done: async ({ version, ...text }) => {
        await this.waves.write(web.conference.id, { id, version }, text);
        return web.redirect(`${wavesBase(web)}/${id}/sending`, { key: 'wave.done.saved' });
      },
      again: async (form) => this.showLetter(web, await this.find(web, id), form),
    });
  }

  /** Keeps the text under a name, for other waves and mailings. */
  @Post(':wave/template')
  @Staff('invitation', 'write')
  keep(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return web.form(keepForm, body, {
      done: async ({ name }) => {
        const { version } = await this.templates.save(web.conference.id, name, await this.find(web, id));
        return this.home(web, id, 'mailing.done.kept', { name, version });
      },
      again: async (form) => this.showLetter(web, await this.find(web, id), form),
    });
  }

  @Post(':wave/test')
  @Staff('invitation', 'write')
  test(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, versionForm, body, async () => {
      const me = (await this.accounts.byIds([web.viewer.id])).get(web.viewer.id)!;
      await this.letters.test(await this.find(web, id), me.email);
      const notice = { key: 'mailing.done.tested', params: { email: me.email } };
      return web.redirect(`${wavesBase(web)}/${id}/sending`, notice);
    });
  }

  @Post(':wave/reminders')
  @Staff('invitation', 'write')
  remind(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, remindersForm, body, async ({ version, ...terms }) => {
      await this.waves.setReminders(web.conference.id, { id, version }, terms);
      return this.home(web, id, 'wave.done.saved');
    });
  }

  /** Somebody whom the rule reminds no more, or again. */
  @Post(':wave/muted')
  @Staff('invitation', 'write')
  mute(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, mutedForm, body, async ({ person, muted }) => {
      await this.guests.mute(await this.find(web, id), person, muted);
      return this.home(web, id, 'wave.done.saved');
    });
  }

  private find(web: WebContext, id: string): Promise<InvitationWave> {
    return this.waves.one(web.conference.id, id);
  }

  private home(web: WebContext, id: string, key: string, params: Record<string, unknown> = {}): string {
    return web.redirect(`${wavesBase(web)}/${id}`, { key, params });
  }

  private step<S extends z.ZodType>(
    web: WebContext,
    id: string,
    schema: S,
    body: unknown,
    done: (input: z.output<S>) => Promise<string>,
  ): Promise<string> {
    return web.form(schema, body, {
      done,
      again: async (form) => this.showOne(web, await this.find(web, id), form),
    });
  }

  private async showForm(web: WebContext, wave: InvitationWave | null, form: FormView): Promise<string> {
    const sessions = await this.invitations.sessions(web.conference.id);
    const model = {
      action: wave ? `${waveHome(web, wave)}/edit` : wavesBase(web),
      back: wave ? waveHome(web, wave) : wavesBase(web),
      version: wave?.version ?? '',
      sessions: sessions.map((one) => choiceOf(web, one)),
      roles: ASSIGNMENT_ROLES,
      zone: web.conference.zone,
    };
    const title = web.t(wave ? 'wave.edit' : 'wave.new');
    return web.page('pages/waves/form', model, { ...waveFrame(web, title, wave ? { wave } : {}), form });
  }

  private async showLetter(web: WebContext, wave: InvitationWave, form: FormView): Promise<string> {
    const templates = await this.templates.all(web.conference.id);
    const here = waveHome(web, wave);
    const model = {
      action: `${here}/letter`,
      here,
      version: wave.version,
      fields: WAVE_FIELDS,
      locales: LOCALES,
      templates: templates.map(({ id, name }) => ({ name, href: `${here}/letter?template=${id}` })),
    };
    return web.page('pages/waves/letter', model, { ...waveFrame(web, web.t('wave.letter.title'), { wave }), form });
  }

  private async showOne(web: WebContext, wave: InvitationWave, form: FormView): Promise<string> {
    const { zone } = web.conference;
    const guests = await this.guests.of(wave.id);
    const sent = wave.state === 'draft' ? [] : await this.progress.of(wave, zone);
    const figures = figuresOf(sent);
    const mayWrite = mayWriteWaves(web);
    const session = wave.sessionId === null ? null : await this.sessionOf(web, wave.sessionId);
    const model = {
      here: waveHome(web, wave),
      wave,
      draft: wave.state === 'draft',
      shown: shownWaveState(wave.state, figures.waiting),
      session: session && choiceOf(web, session).label,
      languages: LOCALES.filter((locale) => wave.body[locale]),
      levels: PROTOCOL_LEVELS,
      guests: guests.map(({ person, place, level, muted }, index) => ({
        publicId: person.publicId,
        name: personName(person),
        position: person.position,
        institution: person.institution,
        country: person.country,
        hasEmail: person.email !== null,
        place,
        level,
        muted,
        first: index === 0,
        last: index === guests.length - 1,
      })),
      figures,
      answers: Object.entries(figures.answers).map(([state, count]) => ({ state, count })),
      rows: sent.map((one) => rowOf(web, one)),
      reminding: wave.remindOn && wave.state === 'sending' && figures.waiting > 0,
      withdrawable: mayWrite && wave.state !== 'draft' ? await this.sending.withdrawable(wave) : 0,
      reminders: 'remindMost' in form.values ? form : web.emptyForm(valuesOf(wave, zone)),
      mayWrite,
      mayFind: mayFindPeople(web),
      zone,
    };
    return web.page('pages/waves/one', model, { ...waveFrame(web, wave.name), form });
  }

  private async sessionOf(web: WebContext, id: string): Promise<Session | null> {
    return (await this.invitations.sessions(web.conference.id)).find((one) => one.id === id) ?? null;
  }
}

function rowOf(web: WebContext, { guest, person, invitation, mail, nextReminder }: Sent) {
  const delivery = mail ?? undefined;
  return {
    publicId: person.publicId,
    name: personName(person),
    institution: person.institution,
    place: guest.place,
    href: `/org/c/${web.conference.slug}/invitations/${invitation.id}`,
    state: shownState(invitation, delivery),
    letter: mail?.state ?? null,
    dueAt: mail && (mail.state === 'queued' ? mail.dueAt : null),
    sentAt: mail?.sentAt ?? null,
    answeredAt: invitation.answeredAt,
    remindedAt: invitation.remindedAt,
    nextReminder,
    muted: guest.muted,
  };
}

function valuesOf(wave: InvitationWave, zone: string): Record<string, unknown> {
  const { name, sessionId, role, deadline, perHour, remindOn, remindAfter, remindBefore, remindMost } = wave;
  return {
    name,
    session: sessionId,
    role,
    deadline: deadline && toLocal(deadline, zone),
    perHour: String(perHour),
    remindOn,
    remindAfter: remindAfter === null ? '' : String(remindAfter),
    remindBefore: remindBefore === null ? '' : String(remindBefore),
    remindMost: String(remindMost),
  };
}

function choiceOf(web: WebContext, session: Session): { value: string; label: string } {
  const title = pickText(titled(web, session), web.locale).text;
  const { startsAt } = session;
  const { zone } = web.conference;
  const when = startsAt ? `${formatDay(web.locale, startsAt, zone)}, ${formatTime(web.locale, startsAt, zone)} · ` : '';
  return { value: session.id, label: when + title };
}
