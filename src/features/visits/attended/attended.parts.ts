import { AttendanceSource } from './attendance-source.js';
import { AttendedApi } from './attended.api.js';
import { AttendedDesk } from './attended-desk.js';
import { AttendedPages } from './attended.pages.js';
import { AttendedQueries } from './attended.queries.js';
import { KnownVisitTitles } from './visit-titles.js';
import { VisitAttendances } from './attendances.service.js';

/** What sessions of the linked conference add to the module of visits. */
export const ATTENDED_SERVICES = [AttendanceSource, KnownVisitTitles, VisitAttendances, AttendedQueries, AttendedDesk];
export const ATTENDED_CONTROLLERS = [AttendedPages, AttendedApi];
