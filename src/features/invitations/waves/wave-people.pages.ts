import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { LOCALES } from '../../../kernel/locale.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { INSTITUTION_KINDS, institutionName } from '../../cooperation/index.js';
import { personName } from '../../people/index.js';
import { WaveChoices } from './wave-choices.js';
import { checkEarlier, mayFindPeople, waveFrame, waveHome, wavesBase } from './wave-frame.js';
import { WaveCandidates, type JudgedPerson } from './wave-candidates.queries.js';
import { WaveGuests, type ReadList } from './wave-guests.service.js';
import type { InvitationWave } from './wave.entity.js';
import {
  addListForm,
  addPeopleForm,
  peopleQuery,
  readListForm,
  SCOPES_OF_CONTACTS,
  type PeopleQuery,
} from './wave.schemas.js';
import { Waves } from './waves.service.js';

const NOTHING: PeopleQuery = {
  source: 'people',
  q: null,
  country: null,
  institution: null,
  locale: null,
  earlier: null,
  strand: null,
  kind: null,
  contacts: null,
};

/** Choosing people for a wave: out of the house, among partners, from a list. */
@Controller('org/c/:conf/invitations/waves/:wave')
export class WavePeoplePages {
  constructor(
    private readonly waves: Waves,
    private readonly guests: WaveGuests,
    private readonly candidates: WaveCandidates,
    private readonly choices: WaveChoices,
  ) {}

  @Get('people')
  @Staff('invitation', 'write')
  async people(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Query({ schema: peopleQuery }) query: PeopleQuery,
  ): Promise<string> {
    return this.showPeople(web, await this.find(web, id), query, web.emptyForm());
  }

  @Post('people')
  @Staff('invitation', 'write')
  add(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return web.form(addPeopleForm, body, {
      done: async ({ version, source, people }) => {
        const count = await this.guests.add(web.conference.id, { id, version }, source, people);
        return web.redirect(`${wavesBase(web)}/${id}`, { key: 'wave.done.joined', params: { count } });
      },
      again: async (form) => {
        const source = form.values['source'] === 'partners' ? 'partners' : 'people';
        return this.showPeople(web, await this.find(web, id), { ...NOTHING, source }, form);
      },
    });
  }

  /** What a pasted list would come to; nothing is kept. */
  @Post('list')
  @HttpCode(200)
  @Staff('invitation', 'write')
  read(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    const again = async (form: FormView) =>
      this.showPeople(web, await this.find(web, id), { ...NOTHING, source: 'list' }, form);
    return web.form(readListForm, body, {
      done: async ({ text, locale }) => {
        const wave = await this.find(web, id);
        const list = await this.guests.readList(wave, text);
        return this.showPeople(web, wave, { ...NOTHING, source: 'list' }, web.emptyForm({ text, locale }), list);
      },
      again,
    });
  }

  @Post('listed-people')
  @Staff('invitation', 'write')
  addList(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return web.form(addListForm, body, {
      done: async ({ version, ...order }) => {
        const count = await this.guests.addList(web.conference.id, { id, version }, order);
        return web.redirect(`${wavesBase(web)}/${id}`, { key: 'wave.done.joined', params: { count } });
      },
      again: async (form) => this.showPeople(web, await this.find(web, id), { ...NOTHING, source: 'list' }, form),
    });
  }

  private find(web: WebContext, id: string): Promise<InvitationWave> {
    return this.waves.one(web.conference.id, id);
  }

  private async showPeople(
    web: WebContext,
    wave: InvitationWave,
    query: PeopleQuery,
    form: FormView,
    list: ReadList | null = null,
  ): Promise<string> {
    checkEarlier(web, query);
    const source = query.source ?? 'people';
    const here = waveHome(web, wave);
    // Everybody is a long list: it is made when somebody asks for it.
    const searched = query.source !== null && mayFindPeople(web);
    const found = searched ? await this.found(wave, { ...query, source }) : NOBODY;
    const ready = found.judged.filter(({ why }) => why === null);
    const model = {
      here: `${here}/people`,
      list: `${here}/list`,
      listed: `${here}/listed-people`,
      back: here,
      quotas: `/org/c/${web.conference.slug}/quotas/new`,
      wave,
      source,
      query,
      searched,
      mayFind: mayFindPeople(web),
      tabs: (['people', 'partners', 'list'] as const).map((one) => ({
        source: one,
        href: `${here}/people?source=${one}`,
        current: one === source,
      })),
      choices: {
        ...(await this.choices.of(web)),
        locales: LOCALES,
        kinds: INSTITUTION_KINDS,
        contacts: SCOPES_OF_CONTACTS,
      },
      ready: ready.map(({ person }) => shownPerson(person)),
      readyCount: ready.length,
      more: found.more,
      leftOut: byReason(found.judged),
      silent: found.silent.map((one) => ({
        name: institutionName(one, web.locale),
        href: `/org/institutions/${one.publicId}`,
      })),
      read: list && shownList(list),
    };
    return web.page('pages/waves/people', model, { ...waveFrame(web, web.t('wave.people.title'), { wave }), form });
  }

  private async found(wave: InvitationWave, query: PeopleQuery): Promise<typeof NOBODY> {
    if (query.source === 'list') return NOBODY;
    if (query.source === 'partners') {
      const { kind, country, contacts } = query;
      const { people, silent } = await this.candidates.partners({ kind, country, everybody: contacts === 'all' });
      return { judged: await this.candidates.judged(wave, people, () => 'partners'), silent, more: false };
    }
    const { people, more } = await this.candidates.people(query);
    return { judged: await this.candidates.judged(wave, people, () => 'people'), silent: [], more };
  }
}

const NOBODY: {
  judged: JudgedPerson[];
  silent: Awaited<ReturnType<WaveCandidates['partners']>>['silent'];
  more: boolean;
} = { judged: [], silent: [], more: false };

function shownPerson(person: JudgedPerson['person']) {
  const { publicId, position, institution, country } = person;
  return { publicId, name: personName(person), position, institution, country };
}

/** The people who are left out, by reason. */
function byReason(judged: readonly JudgedPerson[]) {
  const out = judged.flatMap(({ person, why }) => (why === null ? [] : [{ why, ...shownPerson(person) }]));
  return [...Map.groupBy(out, ({ why }) => why)].map(([why, people]) => ({ why, people, count: people.length }));
}

function shownList({ known, fresh, unclear, problems }: ReadList) {
  const ready = known.filter(({ why }) => why === null);
  return {
    count: ready.length + fresh.length,
    ready: ready.map(({ person }) => shownPerson(person)),
    fresh: fresh.map(({ name, email, institution }) => ({
      name: `${name.given} ${name.family}`,
      ...name,
      email,
      institution,
    })),
    leftOut: byReason(known),
    unclear: unclear.map(({ line, email }) => ({ line, email })),
    problems,
  };
}
