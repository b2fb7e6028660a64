import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import * as fields from '../../../../src/platform/web/fields.js';
import { hostileValue } from '../../../support/hostile.js';

describe('whole bodies', () => {
  const schema = z.strictObject({
    givenNames: fields.line(128),
    title: fields.localizedLine(80),
    phone: fields.phoneField(),
    agreed: fields.checkbox(),
  });

  it('makes of flat names what the API gets', () => {
    expect(
      schema.parse(fields.expandForm({ givenNames: 'Anna', 'title.be': 'Чытанні', 'title.ru': '', phone: '' })),
    ).toEqual({
      givenNames: 'Anna',
      title: { be: 'Чытанні' },
      phone: null,
      agreed: false,
    });
    expect(schema.parse({ givenNames: 'Anna', title: { be: 'Чытанні' } })).toEqual({
      givenNames: 'Anna',
      title: { be: 'Чытанні' },
      phone: null,
      agreed: false,
    });
  });

  it('names one problem per field, unknown names too', () => {
    const parsed = schema.safeParse({ title: { be: 'x'.repeat(81) }, role: 'admin', state: 'approved' });
    expect(parsed.success ? [] : fields.fieldErrors(parsed.error)).toEqual([
      { field: 'givenNames', code: 'error.required', params: {} },
      { field: 'title.be', code: 'error.text.long', params: { max: 80, length: 81 } },
      { field: 'role', code: 'error.unknown', params: {} },
      { field: 'state', code: 'error.unknown', params: {} },
    ]);
  });

  it('speaks in message keys for schemas that name none', () => {
    const parsed = z.strictObject({ a: z.string(), b: z.number() }).safeParse({ b: 'x' });
    expect(parsed.success ? [] : fields.fieldErrors(parsed.error)).toEqual([
      { field: 'a', code: 'error.required', params: {} },
      { field: 'b', code: 'error.invalid', params: {} },
    ]);
  });

  it.each(['object-02', 'object-03', 'object-04', 'object-05', 'object-06'])('[B7] refuses %s', (id) => {
    expect(
      schema.safeParse({
        givenNames: 'Anna',
        title: { be: 'x' },
        ...JSON.parse(hostileValue(id).replaceAll('givenName', 'givenNames')),
      }).success,
    ).toBe(false);
  });

  it.each([
    [{ 'a.b.c.d': 'x' }, 'error.unknown'],
    [{ 'constructor.prototype.admin': 'x' }, 'error.unknown'],
    [{ ['__proto__']: 'x' }, 'error.unknown'],
    [{ 'a.__proto__': 'x' }, 'error.unknown'],
    [{ 'a..b': 'x' }, 'error.unknown'],
    [{ a: 'x', 'a.b': 'y' }, 'error.unknown'],
    [{ 'a.b': 'y', a: 'x' }, 'error.unknown'],
    [{ 'a.b': ['y'], 'a.b.c': 'x' }, 'error.unknown'],
    [{ a: { $ne: null } }, 'error.text.expected'],
    [{ a: 7 }, 'error.text.expected'],
    [{ a: ['x', {}] }, 'error.text.expected'],
  ])('[B7] refuses the form %j', (body, code) => {
    const name = Object.keys(body).at(-1)!;
    expect(() => fields.expandForm(body)).toThrow(
      expect.objectContaining({ name: 'InvalidInput', problems: [{ field: name, code, params: {} }] }),
    );
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  it('describes itself for the API', () => {
    const described = z.toJSONSchema(
      z.strictObject({
        ...schema.shape,
        n: fields.integerField({ min: 0, max: 9 }),
        at: fields.instantField(),
        c: fields.choice(['a']),
      }),
      {
        io: 'input',
      },
    );
    expect(described).toMatchObject({
      additionalProperties: false,
      properties: {
        givenNames: { type: 'string', maxLength: 128 },
        at: { type: 'string', format: 'date-time' },
        c: { enum: ['a'] },
      },
      required: ['givenNames', 'n', 'at', 'c'],
    });
  });
});
