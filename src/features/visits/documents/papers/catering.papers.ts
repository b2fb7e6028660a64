import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { MemberNeeds } from '../../delegation/member-needs.service.js';
import { Catering, eatersOf, isMeal, type PlannedMeal } from '../../logistics/catering.queries.js';
import { Seatings } from '../../seating/seatings.service.js';
import type { StaySession } from '../../stay/stay-releases.service.js';
import type { Visit } from '../../visit.entity.js';
import { WHOLE, type Line, type PaperBuilder, type PaperKind, type PaperPart, type PaperRequest } from './paper.js';
import { PaperPeople } from './paper-people.js';
import { PaperTexts } from './paper-texts.js';
import { PaperWords } from './paper-words.js';
import { SeatingPapers } from './seating.papers.js';

/** What the caterer is told: heads and counts. Names stand there only where a plate with a seat must be another one. */
@Injectable()
export class CateringPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    catering_order: { fill: (request) => this.fill(request), parts: (request) => this.parts(request) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly texts: PaperTexts,
    private readonly people: PaperPeople,
    private readonly catering: Catering,
    private readonly needs: MemberNeeds,
    private readonly seatings: Seatings,
    private readonly seating: SeatingPapers,
  ) {}

  private async parts({ visit, locale }: Omit<PaperRequest, 'part'>): Promise<PaperPart[]> {
    const meals = await this.meals(visit);
    if (meals.length === 0) return [];
    const without = meals.filter(({ beside }) => !beside.menu).length;
    const notes = without > 0 ? [this.words.t(locale, 'visit.document.note.withoutMenu', { count: without })] : [];
    return [{ ...WHOLE, notes }];
  }

  private async fill({ visit, locale }: PaperRequest): Promise<DocxData> {
    const sessions = await this.meals(visit);
    const meals = await this.catering.counted(visit, sessions.map(plannedMeal));
    const settled = await this.seating.settled(visit);
    const lines = await Promise.all(
      meals.map(async (meal, at) => {
        const { title, day, time, place } = this.texts.named(visit, locale, sessions[at]!);
        const { heads, diets, allergies, menu } = meal;
        // Where everybody has a seat the food is plated, and the allergy is whose it is; else it is a number.
        const plated = settled.has(meal.session.id) && allergies > 0 ? await this.plated(visit, locale, meal) : [];
        const others = allergies - plated.length;
        return {
          day,
          time,
          event: title,
          headcount: String(heads),
          place,
          serving: '',
          menu: menu ?? '',
          note: others > 0 ? this.words.t(locale, 'visit.meal.allergies', { count: others }) : '',
          diets: diets.map(({ diet, count }) => ({ diet, count: String(count) })),
          plated,
        };
      }),
    );
    return { listAsOf: this.words.today(locale, visit), meals: lines };
  }

  private async plated(visit: Visit, locale: Locale, meal: PlannedMeal): Promise<Line[]> {
    const members = (await this.people.delegation(visit)).map(({ member }) => member);
    const eaters = eatersOf(meal, members);
    const { seats } = await this.seatings.of(visit, meal.session.id);
    const seated = new Map(
      seats.flatMap(({ personId, no }) => (personId && eaters.includes(personId) ? [[personId, no]] : [])),
    );
    const allergies = await this.needs.allergies(visit, [...seated.keys()]);
    const printed = await this.people.printed(visit, locale, allergies.keys());
    return [...allergies].map(([personId, allergy]) => ({
      name: printed.get(personId)!.name,
      allergy,
      seat: this.words.t(locale, 'visit.document.seat', { no: seated.get(personId) }),
    }));
  }

  private async meals(visit: Visit): Promise<StaySession[]> {
    return (await this.texts.of(visit)).sessions.filter(({ content }) => isMeal(content.kind));
  }
}

function plannedMeal({ sessionId, content, beside }: StaySession): PlannedMeal {
  const { title, startsAt, endsAt, people } = content;
  return {
    session: { id: sessionId, title, startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
    menu: beside.menu,
    people,
  };
}
