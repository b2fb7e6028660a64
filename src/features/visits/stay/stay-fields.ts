import type { z } from 'zod';
import { readStayPlace } from './stay-place.js';
import type { StaySessionFields } from './stay-sessions.service.js';
import type { newStayForm } from './stay.schemas.js';

/** What was typed into the form of a session, as the service takes it. */
export function typedFields(
  { day, time, until, roomId, flags, microphones, screen, ...fields }: z.output<typeof newStayForm>,
  zone: string,
): StaySessionFields {
  const setUp = {
    ...(flags === null ? {} : { flags }),
    ...(microphones === null ? {} : { microphones }),
    ...(screen ? { screen } : {}),
  };
  return { ...fields, setUp, place: readStayPlace({ day, time, until, roomId }, fields.kind, zone) };
}
