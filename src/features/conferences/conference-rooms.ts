import { covers, type AccessLevel, type AccessObject, type Viewer } from '../../platform/web/viewer.js';

interface ConferenceRoom {
  /** Names the label: `conferences.room.<key>`. */
  readonly key: string;
  readonly path: string;
  readonly object: AccessObject;
  readonly level: AccessLevel;
}

/** The back office of one conference: what there is, and which right opens it. */
export const CONFERENCE_ROOMS: readonly ConferenceRoom[] = [
  { key: 'programme', path: 'sessions', object: 'programme', level: 'read' },
  { key: 'board', path: 'board', object: 'programme', level: 'read' },
  { key: 'conflicts', path: 'conflicts', object: 'programme', level: 'read' },
  { key: 'interpreters', path: 'interpreters', object: 'programme', level: 'read' },
  { key: 'import', path: 'import', object: 'programme', level: 'write' },
  { key: 'publish', path: 'publish', object: 'programme', level: 'write' },
  { key: 'registrations', path: 'registrations', object: 'registration', level: 'read' },
  { key: 'registrationSettings', path: 'registration-settings', object: 'settings', level: 'read' },
  { key: 'visa', path: 'visa', object: 'visa', level: 'count' },
  { key: 'proposals', path: 'proposals', object: 'proposal', level: 'read' },
  { key: 'invitations', path: 'invitations', object: 'invitation', level: 'read' },
  { key: 'quotas', path: 'quotas', object: 'invitation', level: 'read' },
  { key: 'mailings', path: 'mail/mailings', object: 'outbox', level: 'read' },
  { key: 'mail', path: 'mail/outbox', object: 'outbox', level: 'read' },
  { key: 'feeds', path: 'feeds', object: 'programme', level: 'write' },
  { key: 'team', path: 'team', object: 'team', level: 'read' },
  { key: 'settings', path: 'settings', object: 'conference', level: 'write' },
];

/** The rooms that the viewer may enter. */
export function roomsFor(viewer: Viewer, conference: { id: string; slug: string }): { key: string; href: string }[] {
  return CONFERENCE_ROOMS.filter(({ object, level }) => covers(viewer.level(object, conference.id), level)).map(
    ({ key, path }) => ({
      key,
      href: `/org/c/${conference.slug}/${path}`,
    }),
  );
}
