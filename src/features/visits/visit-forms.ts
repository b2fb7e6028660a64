import { Injectable } from '@nestjs/common';
import { LANGUAGES } from '../../kernel/languages.js';
import { LOCALES, pickText } from '../../kernel/locale.js';
import { Translator } from '../../platform/i18n/translator.js';
import type { FormView } from '../../platform/web/form.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { Accounts } from '../accounts/index.js';
import { Conferences } from '../conferences/index.js';
import { Agreements, CooperationQueries, institutionName, Institutions } from '../cooperation/index.js';
import { Countries } from '../people/index.js';
import { MEMBER_ROLES } from './delegation/member.rules.js';
import { LetterReadings } from './letter/letter-readings.service.js';
import { letterView } from './letter/letter-view.js';
import { frame, hrefOf } from './visit-frame.js';
import type { Visit } from './visit.entity.js';
import {
  CHANNELS,
  CONFIDENTIALITIES,
  COST_LINES,
  INTERPRETATIONS,
  PAYERS,
  PRESS_POLICIES,
  VISIT_KINDS,
  VISIT_LEVELS,
} from './visit.rules.js';
import type { VisitFields } from './visits.service.js';

/** As many institutions as a list to choose from holds. */
const INSTITUTIONS = 1000;

/** The forms of a visit's card: what they begin with, and what there is to choose from. */
@Injectable()
export class VisitForms {
  constructor(
    private readonly accounts: Accounts,
    private readonly conferences: Conferences,
    private readonly cooperation: CooperationQueries,
    private readonly agreements: Agreements,
    private readonly institutions: Institutions,
    private readonly countries: Countries,
    private readonly letters: LetterReadings,
    private readonly translator: Translator,
  ) {}

  /** What a new form holds: of an earlier visit what will be the same again, never its days or letters. */
  opening(earlier: Visit | null): Record<string, unknown> {
    if (!earlier) return { kind: 'working', level: '4', confidentiality: 'normal' };
    const { title, kind, level, confidentiality, institutionId, country, initiator, languages, purpose, ref } = earlier;
    return { title, kind, level, confidentiality, institutionId, country, initiator, languages, purpose, from: ref };
  }

  /** What of an earlier visit is kept without being asked for again. */
  kept(earlier: Visit | null): Partial<VisitFields> {
    if (!earlier) return {};
    const { topics, agreementId, zone, hostPrincipal, interpretation, financing, press, dressCode, flags } = earlier;
    return { topics, agreementId, zone, hostPrincipal, interpretation, financing, press, dressCode, flags };
  }

  values(visit: Visit): Record<string, unknown> {
    return { ...visit };
  }

  /** What the form holds that a letter fills in; nothing is stored yet. */
  async ofLetter(letter: string): Promise<Record<string, unknown>> {
    const reading = await this.letters.read(letter);
    const { institution, country, initiator, channel, incomingNo, incomingOn, stay, flexible, kind, level } = reading;
    const people = reading.people.flatMap(({ value }, at) =>
      Object.entries({ ...value, take: 'on' }).map(([name, typed]) => [`people.${at}.${name}`, typed ?? '']),
    );
    return {
      ...this.opening(null),
      ...(await this.titleOf(institution?.value ?? null, country?.value ?? null)),
      ...(kind ? { kind: kind.value } : {}),
      ...(level ? { level: String(level.value) } : {}),
      institutionId: institution?.value,
      country: country?.value,
      initiator: initiator?.value,
      channel: channel?.value,
      incomingNo: incomingNo?.value,
      incomingOn: incomingOn?.value,
      startsOn: stay?.value.startsOn,
      endsOn: stay?.value.endsOn,
      flexible: flexible ? 'on' : '',
      purpose: reading.purpose?.value,
      letter,
      keepLetter: 'on',
      ...Object.fromEntries(people),
    };
  }

  async showNew(web: WebContext, form: FormView, earlier: Visit | null): Promise<string> {
    const typed = form.values['letter'];
    const letter = typeof typed === 'string' && typed.trim() !== '' ? typed.replace(/\r\n?/g, '\n').trim() : null;
    const read = letter === null ? null : letterView(letter, await this.letters.read(letter));
    const model = {
      ...(await this.choices(web, null)),
      earlier: earlier && { ref: earlier.ref, title: earlier.title },
      letter: letter && { text: letter, ...read },
      beside: read?.beside ?? {},
      people: peopleIn(form.values).map((at) => ({
        number: at + 1,
        name: `people.${at}`,
        passages: read?.beside[`people.${at}`],
      })),
      roles: MEMBER_ROLES,
    };
    return web.page('pages/visits/new', model, {
      ...frame(web, web.t('visit.new.title')),
      form,
      styles: ['css/letter.css'],
    });
  }

  /** Where a letter is pasted. */
  showLetter(web: WebContext, form: FormView): Promise<string> {
    return web.page('pages/visits/letter', {}, { ...frame(web, web.t('visit.letter.title')), form });
  }

  /** In each language: whose visit it is. */
  private async titleOf(institutionId: string | null, country: string | null): Promise<Record<string, string>> {
    const institution = institutionId ? (await this.institutions.byIds([institutionId])).get(institutionId) : undefined;
    if (!institution && country === null) return {};
    const titles = LOCALES.map(async (locale) => {
      const name = institution ? institutionName(institution, locale) : await this.countries.nameOf(country!, locale);
      return [`title.${locale}`, this.translator.t(locale, 'visit.letter.visitOf', { name })] as const;
    });
    return Object.fromEntries(await Promise.all(titles));
  }

  /** After a stale write the form keeps what was typed and saves against the visit as it is now. */
  async showEdit(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const model = {
      ...(await this.choices(web, visit)),
      visit: { ref: visit.ref, title: visit.title },
      here: hrefOf(visit),
      version: visit.version,
      stale: web.reply.statusCode === 409,
    };
    return web.page('pages/visits/edit', model, { ...frame(web, web.t('visit.edit.title'), visit), form });
  }

  private async choices(web: WebContext, visit: Visit | null): Promise<object> {
    const [institutions, conferences, staff, agreements] = await Promise.all([
      this.cooperation.list({ q: null, kind: null, country: null, partners: null }, { limit: INSTITUTIONS }),
      this.conferences.list(),
      this.accounts.withRoles(['protocol_officer', 'responsible']),
      visit?.institutionId ? this.agreements.of([visit.institutionId]) : [],
    ]);
    return {
      kinds: VISIT_KINDS,
      levels: VISIT_LEVELS.map(String),
      confidentialities: CONFIDENTIALITIES,
      channels: CHANNELS,
      interpretations: INTERPRETATIONS,
      presses: PRESS_POLICIES,
      costs: COST_LINES,
      payers: PAYERS,
      languages: LANGUAGES.map((code) => ({ value: code, label: web.t(`programme.language.${code}`) })),
      institutions: institutions.map(({ institution }) => ({
        value: institution.id,
        label: institutionName(institution, web.locale),
      })),
      conferences: conferences
        .filter(({ id }) => web.viewer.level('conference', id))
        .map(({ id, title }) => ({ value: id, label: pickText(title, web.locale).text })),
      staff: staff.map(({ id, name }) => ({ value: id, label: name })),
      agreements: agreements.map(({ id, reference }) => ({ value: id, label: reference })),
    };
  }
}

/** Numbers of the rows of people that the form holds, in their order. */
function peopleIn(values: Readonly<Record<string, unknown>>): number[] {
  const rows = Object.keys(values).flatMap((name) => /^people\.(\d{1,2})\.name$/.exec(name)?.[1] ?? []);
  return rows.map(Number).sort((a, b) => a - b);
}
