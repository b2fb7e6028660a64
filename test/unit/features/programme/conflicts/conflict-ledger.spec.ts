import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConflictLedger } from '../../../../../src/features/programme/conflicts/conflict-ledger.js';
import {
  aHouse,
  at,
  houseArbitrary,
  sessionArbitrary,
  sessionsArbitrary,
  sorted,
} from '../../../../support/conflict-world.js';

const changeArbitrary = fc.record({ pick: fc.nat({ max: 44 }), session: sessionArbitrary, remove: fc.boolean() });

describe('the kept conflicts', () => {
  it('are after any changes what counting from scratch finds', () => {
    fc.assert(
      fc.property(
        sessionsArbitrary,
        houseArbitrary,
        fc.array(changeArbitrary, { maxLength: 25 }),
        (sessions, house, changes) => {
          const ledger = new ConflictLedger(house, sessions);
          const now = new Map(sessions.map((session) => [session.id, session]));
          for (const { pick, session, remove } of changes) {
            const id = `s${String(pick).padStart(2, '0')}`;
            if (remove) {
              ledger.remove(id);
              now.delete(id);
            } else {
              ledger.put({ ...session, id });
              now.set(id, { ...session, id });
            }
          }
          const scratch = new ConflictLedger(house, now.values());
          expect(sorted(ledger.all())).toEqual(sorted(scratch.all()));
          for (const id of now.keys()) expect(sorted(ledger.of(id))).toEqual(sorted(scratch.of(id)));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are counted again when a limit changes', () => {
    const ledger = new ConflictLedger(aHouse(), [
      at('a', 600, 660, { people: ['p'] }),
      at('b', 670, 700, { people: ['p'], roomId: 'B' }),
    ]);
    expect(ledger.all()).toMatchObject([{ rule: 'walk-short', minutes: 5 }]);
    ledger.judgeBy(aHouse({ limits: { walk: 5 } }));
    expect([ledger.all(), ledger.of('a')]).toEqual([[], []]);
  });
});
