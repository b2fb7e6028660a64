import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Resolutions, RoundTables, Theses } from '../features/round-tables/index.js';
import type { DemoProgramme } from './conferences.js';

const THESES = [
  'We propose a joint list of scattered collections, one library responsible for each. A description first, pictures later: readers can wait for pictures, not for knowing that a book exists.',
  'Digital return works where both sides may publish. Our experience: an agreement of two pages, signed by directors, is kept; one of twenty pages is not.',
  'Metadata in two scripts from the first day. Names of makers and owners belong to the description, with their sources.',
];

/** The draft that the eight libraries will discuss. */
const DRAFT = {
  be: 'Удзельнікі лічаць вяртанне спадчыны ў лічбавай форме агульнай справай бібліятэк, у якіх яна захоўваецца, і краін, адкуль яна паходзіць.\n\nКожная бібліятэка за год апублікуе спіс сваіх збораў, што адносяцца да іншых краін.\n\nРабочая група збярэцца праз год і падвядзе вынікі.',
  ru: 'Участники считают цифровое возвращение наследия общим делом библиотек, в которых оно хранится, и стран, из которых оно происходит.\n\nКаждая библиотека в течение года опубликует список своих собраний, относящихся к другим странам.\n\nРабочая группа соберётся через год и подведёт итоги.',
  en: 'The participants regard the digital return of heritage as a common task of the libraries that keep it and the countries it comes from.\n\nWithin a year, each library publishes a list of its collections that belong to the heritage of other countries.\n\nA working group meets again in a year and reports.',
};

/** Three of the panel have handed in their theses; the draft of the resolution has one comment. */
export async function seedRoundTable(app: NestFastifyApplication, { conference, sessions }: DemoProgramme): Promise<void> {
  const { session } = sessions.find(({ plan }) => plan.kind === 'round_table')!;
  const { people } = await app.get(RoundTables, { strict: false }).bySession(conference.id, session.id);
  const panel = people.filter(({ role }) => role === 'panelist');
  const [theses, resolutions] = [app.get(Theses, { strict: false }), app.get(Resolutions, { strict: false })];
  for (const [index, text] of THESES.entries())
    await theses.handIn(conference.id, session, panel[index]!.personId, { text, language: 'en', version: 0 });
  await resolutions.draft(conference.id, session.id, DRAFT, 0);
  await resolutions.comment(conference.id, session.id, panel[0]!.personId, { paragraph: 'p2', text: 'A year is short for manuscripts. Two?' });
}
