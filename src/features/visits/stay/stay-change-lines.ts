import { pickText } from '../../../kernel/locale.js';
import { formatDay, formatTime } from '../../../platform/i18n/formats.js';
import { detailTexts, type Detail, type DifferenceWords, type SessionContent } from '../../programme/index.js';
import type { Surroundings } from './stay.rules.js';
import type { StayChange } from './stay-releases.service.js';
import { partValue } from './stay-words.js';

/** A difference as change sheets and their mails say it. Texts may have several lines; `''`: there was nothing. */
export interface ChangeLine {
  readonly day: string;
  readonly what: string;
  readonly was: string;
  readonly now: string;
}

/** What is different, in the language and on the clock of `words`. `wanted`: which details get a sentence. */
export function changeLine(
  words: DifferenceWords,
  change: StayChange,
  wanted: (detail: Detail) => boolean = () => true,
): ChangeLine {
  const { before, after, was, is, parts } = change;
  const session = (after ?? before)!;
  const [old, now] = [before && placeOf(words, before, was), after && placeOf(words, after, is)];
  const stays = old !== null && now !== null && old.day === now.day && old.text === now.text;
  const cancelled = after?.status === 'cancelled' && before?.status !== 'cancelled';
  const said = (side: Surroundings) =>
    parts
      .filter((part) => part !== 'address')
      .map((part) =>
        words.t('visit.stay.change.part', {
          part: words.t(`visit.stay.field.${part}`),
          value: partValue(words, part, side, words.names),
        }),
      );
  const day = old && now && old.day !== now.day;
  const oldPlace = old && !stays ? [day ? `${old.day}, ${old.text}` : old.text] : [];
  const newPlace = cancelled || !now || stays ? [] : [day ? `${now.day}, ${now.text}` : now.text];
  return {
    day: (old ?? now)!.day,
    what: pickText(session.title, words.locale).text || words.t(`sessionKind.${session.kind}`),
    was: [...(cancelled && stays ? [old.text] : oldPlace), ...said(was)].join('\n'),
    now: [
      ...(cancelled ? [words.t('visit.stay.change.cancelled')] : []),
      ...(before && !after ? [words.t('visit.stay.change.removed')] : []),
      ...(!before && after ? [words.t('visit.stay.change.added')] : []),
      ...newPlace,
      ...detailTexts(words, change, wanted),
      ...said(is),
    ].join('\n'),
  };
}

/** Does the line say that anything is different? */
export function saysSomething({ was, now }: ChangeLine): boolean {
  return was !== '' || now !== '';
}

function placeOf({ locale, zone }: DifferenceWords, content: SessionContent, { address }: Surroundings) {
  const [start, end] = [new Date(content.startsAt), new Date(content.endsAt)];
  const room = content.room ? pickText(content.room.name, locale).text : '';
  const time = `${formatTime(locale, start, zone)}–${formatTime(locale, end, zone)}`;
  return { day: formatDay(locale, start, zone), text: [time, room, address ?? ''].filter(Boolean).join(', ') };
}
