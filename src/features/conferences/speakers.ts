import { createHash } from 'node:crypto';
import type { Locale } from '../../kernel/locale.js';
import type {
  AssignmentRole,
  ReleasedPerson,
  ReleasedProgramme,
  ReleasedSession,
  ReleasedTalk,
} from '../programme/index.js';

/** Roles whose people the public looks for by name. */
const HEARD: readonly AssignmentRole[] = ['speaker', 'panelist', 'moderator', 'chair', 'rapporteur'];

export interface Appearance {
  readonly session: ReleasedSession;
  /** null: the role belongs to the session as a whole. */
  readonly talk: ReleasedTalk | null;
  readonly role: AssignmentRole;
}

export interface Speaker {
  readonly code: string;
  readonly name: string;
  readonly affiliation: string;
  readonly country: string | null;
  /** In the order of the programme. */
  readonly appearances: readonly Appearance[];
}

/** Names a person in the addresses of one conference: opaque, and another one in every conference. 12 hexadecimal digits. */
export function speakerCode(conferenceId: string, personId: string): string {
  return createHash('sha256').update(`${conferenceId}/${personId}`).digest('hex').slice(0, 12);
}

/** The code of somebody who has a page, null of somebody who has none: helpers behind the scenes, and removed names. */
export function pageCode(conferenceId: string, { personId, role, name }: ReleasedPerson): string | null {
  return name !== null && HEARD.includes(role) ? speakerCode(conferenceId, personId) : null;
}

/** Everybody who is heard in a release, in the order of names of the language. */
export function speakersOf(programme: ReleasedProgramme, locale: Locale): Speaker[] {
  const found = new Map<string, Speaker & { appearances: Appearance[] }>();
  const add = (person: ReleasedPerson, session: ReleasedSession, talk: ReleasedTalk | null) => {
    const code = pageCode(programme.ownerId, person);
    if (code === null) return;
    const speaker = found.get(code) ?? {
      code,
      name: person.name!,
      affiliation: person.affiliation ?? '',
      country: person.country,
      appearances: [],
    };
    speaker.appearances.push({ session, talk, role: person.role });
    found.set(code, speaker);
  };
  for (const session of programme.sessions) {
    for (const person of session.people) add(person, session, null);
    for (const talk of session.talks) for (const person of talk.people) add(person, session, talk);
  }
  const { compare } = new Intl.Collator(locale);
  return [...found.values()].sort((a, b) => compare(a.name, b.name) || (a.code < b.code ? -1 : 1));
}
