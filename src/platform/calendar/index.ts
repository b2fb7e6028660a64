export * from './calendar-model.js';
export {
  calendarContentType,
  composeFile,
  composeCalendar,
  RENDERER,
  renderEvent,
  writeCalendar,
} from './calendar-writer.js';
export * from './calendar-reader.js';
export { writeDeclineCounter, type RefusedProposal } from './decline-counter.js';
export { linesOfEvents, looksLikeCalendar } from './calendar-source.js';
export { COLORS, nearestColor, type ColorName } from './colors.js';
export { fingerprint, personalUid, type EventContent } from './identity.js';
export * from './itip.rules.js';
export { CalendarValueError, isCalendarMailbox } from './values.js';
export { toXcal, XCAL_CONTENT_TYPE } from './xcal.js';
