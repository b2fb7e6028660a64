export { Conference, Series } from './conference.entity.js';
export { phaseOf } from './conference.rules.js';
export { ConferenceChanged, ConferenceCreated } from './conferences.events.js';
export { ConferencesModule } from './conferences.module.js';
export { Conferences, type ConferenceFields, type NewConference } from './conferences.service.js';
export { CONFERENCE_KINDS, KINDS, type ConferenceKind, type KindDefaults } from './kinds.js';
export { SeriesService, type SeriesFields } from './series.service.js';
export { OverviewFigures, RegistrationDoor, type Door, type OverviewFigure } from './conferences.ports.js';
export { HOME, PublicConferences, type ShownConference } from './public-conferences.queries.js';
