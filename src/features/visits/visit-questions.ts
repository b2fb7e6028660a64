import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import type { FormView } from '../../platform/web/form.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { NEVER_OVERRIDDEN, READINESS_KEYS } from './readiness.rules.js';
import { frame, hrefOf } from './visit-frame.js';
import type { Visit } from './visit.entity.js';
import { asksReason, nextStates } from './visit.rules.js';
import { VisitCard } from './visit-card.js';

/** The pages that ask something before a visit goes on: who decided, why, on which new days. */
@Injectable()
export class VisitQuestions {
  constructor(private readonly cards: VisitCard) {}

  decision(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    return this.ask(web, visit, form, {
      title: web.t('visit.card.decide'),
      action: '/decision',
      asks: { decision: true },
      version: visit.version,
      submit: web.t('common.save'),
    });
  }

  /** Steps that ask nothing have no page of their own: what was refused stands on the card. */
  step(web: WebContext, visit: Visit, given: unknown, form: FormView): Promise<string> {
    const to = nextStates(visit).find((state) => state === given);
    const days = visit.state === 'postponed' && to !== 'cancelled';
    if (!to || !(asksReason(to) || days)) {
      if (form.failed) return this.cards.show(web, visit, form);
      throw new NotFound();
    }
    return this.ask(web, visit, form, {
      title: web.t(`visit.step.${to}`),
      action: '/step',
      hidden: { to },
      asks: { reason: asksReason(to), days },
      version: visit.version,
      submit: web.t(`visit.step.${to}`),
    });
  }

  override(web: WebContext, visit: Visit, given: unknown, form: FormView): Promise<string> {
    const key = READINESS_KEYS.find((one) => one === given && !NEVER_OVERRIDDEN.includes(one));
    if (!key) throw new NotFound();
    return this.ask(web, visit, form, {
      title: web.t('visit.card.overrideOf', { what: web.t(`visit.readiness.${key}`) }),
      action: '/readiness',
      hidden: { key },
      asks: { reason: true },
      submit: web.t('visit.card.override'),
    });
  }

  private ask(
    web: WebContext,
    visit: Visit,
    form: FormView,
    {
      title,
      action,
      ...rest
    }: { title: string; action: string; asks: object; hidden?: object; submit: string; version?: number },
  ): Promise<string> {
    const here = hrefOf(visit);
    const model = { ...rest, action: here + action, back: here };
    return web.page('pages/visits/ask', model, { ...frame(web, title, visit), form });
  }
}
