import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut, listOf, listQuery } from '../../platform/web/api.js';
import { choice, line } from '../../platform/web/fields.js';
import { FEED_KINDS } from './feed.entity.js';

/** `what` names the calendar as the list of what can be shared does; `label` says for whom. */
export const shareForm = z
  .strictObject({ what: line(60), label: line(120), locale: choice(LOCALES) })
  .meta({ id: 'NewFeed' });
export const emptyForm = z.strictObject({});
export const feedQuery = listQuery;

const feedFields = {
  id: z.string(),
  kind: z.enum(FEED_KINDS),
  subjectId: z.string().nullable(),
  personId: z.string().nullable(),
  label: z.string().nullable(),
  locale: z.enum(LOCALES),
  createdAt: instantOut,
  lastUsedAt: instantOut.nullable(),
  lastAgent: z.string().nullable(),
};
export const feedOut = z.object(feedFields).meta({ id: 'Feed' });
/** The address stands in this answer alone: only its hash is kept. */
export const newFeedOut = z.object({ ...feedFields, address: z.string() }).meta({ id: 'FeedWithAddress' });
export const feedList = listOf(feedOut).meta({ id: 'FeedList' });
