import { Injectable } from '@nestjs/common';
import { localDay } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { splitListName } from '../../registration/index.js';
import { Delegations } from '../delegation/members.service.js';
import { VisitPapers } from '../papers/papers.service.js';
import type { Visit } from '../visit.entity.js';
import { Visits, type NewVisit } from '../visits.service.js';
import type { LetterPerson } from './letter-people.rules.js';
import { languageOf } from './letter-language.rules.js';

export interface FromLetter {
  readonly letter: string | null;
  /** It stays in the file as its incoming paper. */
  readonly keep: boolean;
  /** In their order. */
  readonly people: readonly LetterPerson[];
}

/** Opens the file of a visit together with what its letter brought: its people and the letter itself, all or nothing. */
@Injectable()
export class LetterVisits {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly visits: Visits,
    private readonly delegations: Delegations,
    private readonly papers: VisitPapers,
  ) {}

  open(input: NewVisit, { letter, keep, people }: FromLetter, from: string | null): Promise<Visit> {
    return this.db.transaction(async () => {
      const visit = await this.visits.openFile(input, from);
      for (const person of people) await this.enter(visit, person, letter ?? undefined);
      if (letter !== null && keep) await this.keep(visit, letter);
      return visit;
    });
  }

  private async enter(
    visit: Visit,
    { name, title, courtesy, role }: LetterPerson,
    letter: string | undefined,
  ): Promise<void> {
    const { country } = visit;
    const language = (text: string) => languageOf(text, letter);
    await this.delegations.add(visit, {
      person: { ...splitListName(name, 'given'), country, locale: language(name) ?? 'en' },
      role,
      citizenship: country,
      // The name stands on the plate of its own script as the letter writes it; the others are typed by somebody who knows.
      plate: { [language(name) ?? 'original']: name },
      title: title === null ? {} : { [language(title) ?? 'en']: title },
      courtesy: courtesy === null ? {} : { [language(courtesy) ?? 'en']: courtesy },
      source: 'staff',
    });
  }

  private async keep(visit: Visit, text: string): Promise<void> {
    const { channel, incomingNo, incomingOn, initiator, zone } = visit;
    await this.papers.enter(visit, {
      kind: channel === 'note_verbale' ? 'note_verbale' : 'request',
      direction: 'incoming',
      number: incomingNo,
      issuedOn: incomingOn ?? localDay(this.clock.now(), zone),
      about: initiator,
      text,
    });
  }
}
