import type { INestApplicationContext, Type } from '@nestjs/common';
import { Briefings, Costs, Delegations, type Visit } from '../features/visits/index.js';

/** What the director should know of the delegation from Yerevan, and what its stay costs. All invented. */
export async function seedBriefing(app: INestApplicationContext, visit: Visit): Promise<void> {
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  const [head] = await get(Delegations).of(visit.id);
  await get(Briefings).save(visit, 0, {
    principal: null,
    wants: 'Падпісаць план супрацоўніцтва на тры гады\nДамовіцца пра выставу рукапісаў у 2028 годзе',
    facts: [
      { date: '14.03.2025', fact: 'Перададзена 120 выданняў' },
      { date: '02.2026', fact: 'Атрымана 80 выданняў' },
    ],
    lastMeeting: null,
    theirPoints: 'Папросяць лічбавыя копіі рукапісаў',
    ourLine: 'Копіі — у абмен на копіі, паводле спіса.',
    sensitive: 'Тэрміны вяртання экспанатаў мінулай выставы',
    execution: 'Абмен ідзе ў абодва бакі; выстава адкладзена.',
    pressLine: 'Візіт працягвае даўняе супрацоўніцтва дзвюх бібліятэк.',
    bios: head ? { [head.member.id]: 'Гісторык кнігі, аўтар прац аб армянскім кнігадруку.' } : {},
  });
  const line = { currency: 'BYN', payer: 'host', spent: null } as const;
  const costs = get(Costs);
  await costs.add(visit, {
    ...line,
    item: 'hotel',
    what: 'Пяць аднамесных нумароў, тры ночы',
    quantity: 15,
    price: 18_000,
  });
  await costs.add(visit, { ...line, item: 'meals', what: 'Абед ад імя дырэктара', quantity: 8, price: 6_500 });
  await costs.add(visit, { ...line, item: 'gifts', what: 'Факсіміле «Бібліі» Скарыны', quantity: 1, price: 25_000 });
  await costs.add(visit, {
    ...line,
    item: 'travel',
    what: null,
    quantity: 5,
    price: 31_000,
    currency: 'EUR',
    payer: 'guest',
  });
}
