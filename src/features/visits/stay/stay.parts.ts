import { SheetMails } from './sheet-mails.service.js';
import { SheetMailsApi } from './sheet-mails.api.js';
import { SheetMailsPages } from './sheet-mails.pages.js';
import { StayApi } from './stay.api.js';
import { StayDesk } from './stay-desk.js';
import { StayPages } from './stay.pages.js';
import { StayPapers } from './stay-papers.service.js';
import { StayQueries } from './stay.queries.js';
import { StayReleases } from './stay-releases.service.js';
import { StayReleasesPages } from './stay-releases.pages.js';
import { StaySessions } from './stay-sessions.service.js';
import { StaySheets } from './stay-sheets.js';
import { StayShifts } from './stay-shifts.service.js';

/** What the programme of stay adds to the module of visits. */
export const STAY_SERVICES = [
  StaySessions,
  StayReleases,
  StayQueries,
  StayDesk,
  StayPapers,
  StaySheets,
  SheetMails,
  StayShifts,
];
export const STAY_CONTROLLERS = [StayPages, StayReleasesPages, SheetMailsPages, StayApi, SheetMailsApi];
