import { Injectable } from '@nestjs/common';
import { badgeName, letterName } from '../../kernel/names.js';
import { problemOfStatus } from '../../platform/mail/mail-problem.rules.js';
import type { ThreadMail } from '../../platform/inbound/mail-threads.js';
import { Suppressions } from '../../platform/mail/suppressions.js';
import type { FormView } from '../../platform/web/form.js';
import { covers, WHOLE_HOUSE } from '../../platform/web/viewer.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { Consents } from './consents.service.js';
import { pairsOf } from './interpreters/interpreter.rules.js';
import { Interpreters } from './interpreters/interpreters.service.js';
import { PeopleQueries } from './people.queries.js';
import type { Person } from './person.entity.js';
import { namesOf, personName } from './person.rules.js';
import { CONSENT_PURPOSES } from './purposes.js';

/** Everything about one person, as the back office shows it. */
@Injectable()
export class PersonCard {
  constructor(
    private readonly consents: Consents,
    private readonly interpreters: Interpreters,
    private readonly queries: PeopleQueries,
    private readonly suppressions: Suppressions,
  ) {}

  async show(web: WebContext, person: Person, form: FormView): Promise<string> {
    const reads = (object: 'journal' | 'outbox') => (conferenceId: string | null) =>
      covers(web.viewer.level(object, conferenceId), 'read');
    const sees = {
      sent: reads('outbox'),
      received: (conferenceId: string | null) => covers(web.viewer.level('inbox', conferenceId ?? WHOLE_HOUSE), 'read'),
    };
    const answers = await this.consents.current(person.id);
    const profile = await this.interpreters.ofPerson(person.id);
    const model = {
      person: { ...person, displayName: personName(person) },
      names: { letter: letterName(namesOf(person)), badge: badgeName(namesOf(person)) },
      consents: CONSENT_PURPOSES.map((purpose) => ({ purpose, answer: answers.get(purpose) ?? null })),
      history: await this.queries.history(person.id, reads('journal')),
      mails: (await this.queries.correspondence(person.id, sees)).map(shownMail),
      mailStop: await this.mailStop(person),
      interpreter: profile && { ...profile, pairs: pairsOf(profile.directions) },
      mayEdit: web.viewer.level('person', null) === 'write',
    };
    return web.page('pages/people/card', model, {
      title: personName(person),
      layout: 'staff',
      section: 'people',
      form,
      breadcrumbs: [{ label: web.t('people.title'), href: '/org/people' }],
    });
  }

  /** What is not sent to their address any more, and why; null: everything is. */
  private async mailStop({ email }: Person) {
    const state = email === null ? undefined : (await this.suppressions.of([email])).get(email.toLowerCase());
    if (!state?.suppressed) return null;
    return { what: state.suppressed, since: state.at, problem: problemOfStatus(state.status) };
  }
}

function shownMail(one: ThreadMail) {
  const { at, direction, mail } = one;
  return {
    at,
    direction,
    subject: mail.subject,
    locale: one.direction === 'sent' ? one.mail.locale : null,
    state: one.direction === 'sent' ? one.mail.state : null,
    href: direction === 'received' ? `/org/inbox/${mail.id}` : '',
  };
}
