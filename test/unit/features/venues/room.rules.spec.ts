import { describe, expect, it } from '@jest/globals';
import { neighbour } from '../../../../src/features/venues/room.rules.js';

describe('order of rooms', () => {
  const rooms = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

  it.each([
    ['b', 'up', 'a'],
    ['b', 'down', 'c'],
    ['a', 'up', undefined],
    ['c', 'down', undefined],
    ['x', 'down', undefined],
  ] as const)('%s moved %s changes places with %s', (id, direction, other) => {
    expect(neighbour(rooms, id, direction)?.id).toBe(other);
  });
});
