import { Injectable } from '@nestjs/common';
import { RENDERER, renderEvent, type CalendarBlock, type CalendarEvent } from '../../platform/calendar/index.js';

const ROOM = 6000;

/** Rendered events of public files, by revision and audience (CR11): a feed with one change renders one event. */
@Injectable()
export class EventBlocks {
  private readonly kept = new Map<string, CalendarBlock>();

  /** `key` names the revision and everything else that the event is made of. */
  of(key: string, event: () => CalendarEvent): CalendarBlock {
    const full = `${RENDERER} ${key}`;
    const known = this.kept.get(full);
    if (known) return known;
    const block = renderEvent(event(), 'PUBLISH');
    this.kept.set(full, block);
    if (this.kept.size > ROOM) this.kept.delete(this.kept.keys().next().value!);
    return block;
  }
}
