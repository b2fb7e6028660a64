import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { advance, wholeSecond } from '../../platform/calendar/index.js';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { CalendarObject } from './calendar-object.entity.js';
import { NEVER_TOLD, publicKey } from './calendar-objects.service.js';
import { advanceAll } from './personal-revisions.js';
import { contentKey, significantPart, type ReleasedSnapshot } from './release.rules.js';
import { digest } from './calendar-revision.js';

interface Step {
  readonly object: CalendarObject;
  readonly kind: 'first' | 'corrected' | 'changed';
}

/** Moves the calendar objects of a programme on at a release, and at nothing else (CR3, CR4, CR6). */
@Injectable()
export class ReleasedCalendar {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * `shown`: what this release shows otherwise than the one before, `gone`: what it shows no more. Part of the transaction
   * of the release.
   */
  async advance(
    programmeId: string,
    shown: readonly ReleasedSnapshot[],
    gone: readonly ReleasedSnapshot[],
  ): Promise<void> {
    const objects = await this.publicObjects([...shown, ...gone].map(({ sessionId }) => sessionId));
    const known = new Map(objects.map((row) => [row.sessionId!, row]));
    const told = [
      ...shown,
      ...gone.map((snapshot) => ({ ...snapshot, content: { ...snapshot.content, status: 'cancelled' as const } })),
    ];
    const steps = told.flatMap((snapshot) => this.step(programmeId, snapshot, known.get(snapshot.sessionId)) ?? []);
    const fresh = steps.filter(({ kind }) => kind === 'first').map(({ object }) => object);
    for (let at = 0; at < fresh.length; at += 200) await this.db.insert(CalendarObject, fresh.slice(at, at + 200));
    const moved = steps.filter(({ kind }) => kind !== 'first');
    for (const { object } of moved)
      await this.db.repository(CalendarObject).update({ id: object.id }, revisionOf(object));
    await this.advancePersonal(moved);
  }

  private async publicObjects(sessionIds: readonly string[]): Promise<CalendarObject[]> {
    const found: CalendarObject[] = [];
    for (let at = 0; at < sessionIds.length; at += 500) {
      const where = { kind: 'public' as const, sessionId: In(sessionIds.slice(at, at + 500)) };
      found.push(...(await this.db.repository(CalendarObject).findBy(where)));
    }
    return found;
  }

  private step(
    programmeId: string,
    { sessionId, content, printed }: ReleasedSnapshot,
    known: CalendarObject | undefined,
  ): Step | undefined {
    const now = this.clock.now();
    const print = { significant: digest(significantPart(content)), content: digest(contentKey(content) + printed) };
    const hidden = content.restricted;
    const { kind, sequence, stamp } = advance(known && seen(known, known.hiddenAt !== null), seen(print, hidden), now);
    if (kind === 'unchanged') return undefined;
    const status = content.status === 'cancelled' ? 'cancelled' : 'confirmed';
    const cancelledAt = status === 'confirmed' ? null : (known?.cancelledAt ?? stamp);
    const hiddenAt = hidden ? (known?.hiddenAt ?? stamp) : null;
    const revision = { sequence, stamp, status, cancelledAt, hiddenAt, ...print } as const;
    return { kind, object: known ? { ...known, ...revision } : this.fresh(programmeId, sessionId, revision) };
  }

  private fresh(programmeId: string, sessionId: string, revision: ReturnType<typeof revisionOf>): CalendarObject {
    return {
      id: this.ids.next(),
      kind: 'public',
      uid: this.ids.next(),
      subjectKey: publicKey(sessionId),
      programmeId,
      sessionId,
      conferenceId: null,
      personId: null,
      createdAt: wholeSecond(this.clock.now()),
      withdrawn: false,
      ownSignificant: '',
      ownContent: '',
      ...NEVER_TOLD,
      ...revision,
    };
  }

  /**
   * The personal objects of the same sessions, set by set and not one by one, so that a release does not wait for the
   * number of attendees. Commitments that ended stay as they are.
   */
  private async advancePersonal(steps: readonly Step[]): Promise<void> {
    const affected = await this.withPersonal(steps.map(({ object }) => object.sessionId!));
    for (const { object, kind } of steps) {
      if (!affected.has(object.sessionId!)) continue;
      const { significant, content, status, cancelledAt } = object;
      const where = { kind: 'personal' as const, sessionId: object.sessionId!, withdrawn: false };
      const changes = { significant, content, status, cancelledAt };
      await advanceAll(this.db, this.clock.now(), where, changes, kind === 'changed');
    }
  }

  private async withPersonal(sessionIds: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let at = 0; at < sessionIds.length; at += 500) {
      const rows = await this.db
        .repository(CalendarObject)
        .createQueryBuilder('object')
        .select('object.sessionId', 'sessionId')
        .distinct(true)
        .where({ kind: 'personal', sessionId: In(sessionIds.slice(at, at + 500)) })
        .getRawMany<{ sessionId: string }>();
      for (const { sessionId } of rows) found.add(sessionId);
    }
    return found;
  }
}

function revisionOf(object: CalendarObject) {
  const { sequence, stamp, status, cancelledAt, hiddenAt, significant, content } = object;
  return { sequence, stamp, status, cancelledAt, hiddenAt, significant, content };
}

/** For the public it is off when it is not for everybody any more, and on again when it is: SEQUENCE grows (CR3). */
function seen<T extends { significant: string }>(print: T, hidden: boolean): T {
  return hidden ? { ...print, significant: `${print.significant} hidden` } : print;
}
