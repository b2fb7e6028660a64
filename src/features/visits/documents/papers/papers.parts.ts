import { BothSidesPapers } from './both-sides.papers.js';
import { BriefingPapers } from './briefing.papers.js';
import { CateringPapers } from './catering.papers.js';
import { ChangeSheetPapers } from './change-sheet.papers.js';
import { DelegationPapers } from './delegation.papers.js';
import { FlagPapers } from './flag.papers.js';
import { GiftPapers } from './gift.papers.js';
import { LetterPapers } from './letter.papers.js';
import { MoneyPapers } from './money.papers.js';
import type { PaperBuilder } from './paper.js';
import { PaperMeetings } from './paper-meetings.js';
import { PaperPeople } from './paper-people.js';
import { PaperPromises } from './paper-promises.js';
import { PaperTexts } from './paper-texts.js';
import { PaperWords } from './paper-words.js';
import { PassListPapers } from './pass-list.papers.js';
import { PlatePapers } from './plate.papers.js';
import { PressPapers } from './press.papers.js';
import { ProgrammePapers } from './programme.papers.js';
import { ReportPapers } from './report.papers.js';
import { RoomingPapers } from './rooming.papers.js';
import { SeatingPapers } from './seating.papers.js';
import { TransportPapers } from './transport.papers.js';

/** All builders, as one list to be injected. */
export const PAPER_BUILDERS = Symbol('PAPER_BUILDERS');

const BUILDERS = [
  LetterPapers,
  ProgrammePapers,
  ChangeSheetPapers,
  DelegationPapers,
  BothSidesPapers,
  BriefingPapers,
  PlatePapers,
  SeatingPapers,
  FlagPapers,
  PassListPapers,
  PressPapers,
  TransportPapers,
  RoomingPapers,
  CateringPapers,
  GiftPapers,
  MoneyPapers,
  ReportPapers,
];

export const PAPER_PROVIDERS = [
  PaperWords,
  PaperPeople,
  PaperPromises,
  PaperTexts,
  PaperMeetings,
  ...BUILDERS,
  { provide: PAPER_BUILDERS, useFactory: (...all: PaperBuilder[]) => all, inject: BUILDERS },
];
