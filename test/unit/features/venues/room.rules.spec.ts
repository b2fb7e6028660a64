import { describe, expect, it } from '@jest/globals';
import { checkParts, neighbour } from '../../../../src/features/venues/room.rules.js';

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

describe('a room made of others', () => {
  const room = (id: string, venueId = 'v', parts: string[] = []) => ({ id, venueId, parts });
  const rooms = [room('a'), room('b'), room('c'), room('ab', 'v', ['a', 'b']), room('elsewhere', 'w')];

  it.each([
    ['of two others', 'hall', ['b', 'c']],
    ['of rooms that are parts of another hall, too', 'hall', ['a', 'c']],
    ['of nothing any more', 'ab', []],
  ])('may be made %s', (_name, id, parts) => {
    expect(() => checkParts(room(id), parts, rooms)).not.toThrow();
  });

  it.each([
    ['of one room', 'hall', ['a']],
    ['of itself', 'c', ['a', 'c']],
    ['of a room that is made of rooms', 'hall', ['ab', 'c']],
    ['of a room of another venue', 'hall', ['a', 'elsewhere']],
    ['of rooms that are none', 'hall', ['a', 'z']],
    ['while it is a part itself', 'a', ['b', 'c']],
  ])('is not made %s', (_name, id, parts) => {
    expect(() => checkParts(room(id), parts, rooms)).toThrow(expect.objectContaining({ status: 422 }));
  });
});
