import { And, LessThan, MoreThanOrEqual, type FindOperator, type FindOptionsWhere } from 'typeorm';
import { wholeSecond } from '../../platform/calendar/index.js';
import type { Database } from '../../platform/database/database.js';
import { CalendarObject } from './calendar-object.entity.js';

/**
 * Moves many calendar objects on at once, so that nothing waits for the number of people. `significant`: SEQUENCE grows by
 * 1. Every stamp is later than it was (CR6). Few statements, however many rows.
 */
export async function advanceAll(
  db: Database,
  clock: Date,
  where: FindOptionsWhere<CalendarObject>,
  changes: Partial<CalendarObject>,
  significant: boolean,
): Promise<void> {
  const now = wholeSecond(clock);
  const step = { ...changes, ...(significant ? { sequence: () => 'sequence + 1' } : {}) };
  const advance = async (which: FindOptionsWhere<CalendarObject>, stamp: Date): Promise<void> => {
    const query = db.manager.createQueryBuilder().update(CalendarObject);
    await query
      .set({ ...step, stamp })
      .where({ ...where, ...which })
      .execute();
  };
  // Told in this very second, or the clock ran back: the latest first, so that none is moved twice.
  for (let before: Date | null = null; ;) {
    const stamp: FindOperator<Date> = before ? And(MoreThanOrEqual(now), LessThan(before)) : MoreThanOrEqual(now);
    const ahead = await db.repository(CalendarObject).findOne({ where: { ...where, stamp }, order: { stamp: 'DESC' } });
    if (!ahead) break;
    before = ahead.stamp;
    await advance({ stamp: before }, new Date(before.getTime() + 1000));
  }
  await advance({ stamp: LessThan(now) }, now);
}
