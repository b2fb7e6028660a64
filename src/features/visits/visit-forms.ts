import { Injectable } from '@nestjs/common';
import { LANGUAGES } from '../../kernel/languages.js';
import { pickText } from '../../kernel/locale.js';
import type { FormView } from '../../platform/web/form.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { Accounts } from '../accounts/index.js';
import { Conferences } from '../conferences/index.js';
import { Agreements, CooperationQueries, institutionName } from '../cooperation/index.js';
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

  async showNew(web: WebContext, form: FormView, earlier: Visit | null): Promise<string> {
    const model = {
      ...(await this.choices(web, null)),
      earlier: earlier && { ref: earlier.ref, title: earlier.title },
    };
    return web.page('pages/visits/new', model, { ...frame(web, web.t('visit.new.title')), form });
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
