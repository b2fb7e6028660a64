// node scripts/pseudonymise-schedule.mjs IN OUT.gz
//
// Makes a fixture of a programme that others have published (schedule.xml, .ics, or a flat .json list): every name
// becomes an invented one, the same wherever it stands, and every longer text becomes filler, because names hide in
// it. Times, rooms, titles, numbers and the faults of the file stay. Of calendars the folding is made as bad as it gets: it
// cuts characters in two.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const GIVEN = 'Adela Boris Clara Damir Edita Florian Greta Hanna Ihar Jana Kiryl Lena Marta Nikol Olena Pavel Rasa Sofia Taras Ula Vera Yana Zoja Іна'.split(' ');
const FAMILY = 'Arban Brodka Celt Dubrava Erlen Fialka Garnak Holub Ivor Jasen Kalina Lipa Moraw Norden Olsza Platan Rabina Sosna Topol Ulmus Verba Wierzba Yavor Žardán'.split(' ');
const FILLER = 'Тут стаяў тэкст іншых людзей; застаўся толькі яго памер. ';

const names = new Map();
const pseudonym = (key) => {
  if (!names.has(key)) {
    const n = names.size;
    names.set(key, `${GIVEN[n % GIVEN.length]} ${FAMILY[Math.floor(n / GIVEN.length) % FAMILY.length]}${n >= GIVEN.length * FAMILY.length ? ` ${Math.floor(n / GIVEN.length / FAMILY.length) + 1}` : ''}`);
  }
  return names.get(key);
};
const filler = (text) => (text.trim() === '' ? text : FILLER.repeat(4).slice(0, Math.min(text.length, 160)).trimEnd());

function xml(text) {
  return text
    .replace(/(<person\b[^>]*>)([^<]*)(<\/person>)/g, (_, open, name, close) => open + (name.trim() === '' ? name : pseudonym(name)) + close)
    .replace(/<(abstract|description)>([\s\S]*?)<\/\1>/g, (_, tag, inside) => `<${tag}>${/^\s*&lt;p/.test(inside) ? `&lt;p&gt;${filler(inside)}&lt;/p&gt;` : filler(inside)}</${tag}>`)
    .replace(/<(link|attachment)\b([^>]*)>[\s\S]*?<\/\1>/g, (_, tag, attributes) => `<${tag}${attributes.replace(/href="[^"]*"/, 'href="https://example.org/material"')}>Material</${tag}>`)
    .replace(/<(feedback_url|url)>(https?:)[^<]*<\/\1>/g, (_, tag, scheme) => `<${tag}>${scheme}//example.org/event</${tag}>`);
}

function ics(bytes) {
  // Unfolded as bytes, since the file may have cut characters in two.
  const text = Buffer.from(bytes.toString('latin1').replace(/\r?\n[ \t]/g, ''), 'latin1').toString('utf8');
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^(DESCRIPTION[^:]*:)([^]*)$/, (_, name, value) => name + filler(value).replaceAll(';', '\\;')).replace(/^(URL[^:]*:)[^]*$/, '$1https://example.org/event'));
  return Buffer.concat(lines.map((line) => {
    const raw = Buffer.from(line);
    const parts = [];
    for (let at = 0; at < raw.length || at === 0; at += 74) parts.push(raw.subarray(at, at + 74));
    return Buffer.concat([...parts.flatMap((part, at) => (at === 0 ? [part] : [Buffer.from('\r\n '), part])), Buffer.from('\r\n')]);
  }));
}

function json(text) {
  const keep = ({ id, title, type, start_date, end_date, venue, speaker, description }) => ({
    description: filler(description ?? ''), type, start_date, end_date, venue, title, id, ...(speaker ? { speaker: pseudonym(speaker) } : {}),
  });
  return JSON.stringify(JSON.parse(text).map(keep), null, 1);
}

const [from, to] = process.argv.slice(2);
if (!from || !to) {
  console.error('node scripts/pseudonymise-schedule.mjs IN OUT.gz');
  process.exit(2);
}
const bytes = readFileSync(from);
const made = from.endsWith('.ics') ? ics(bytes) : from.endsWith('.json') ? json(bytes.toString('utf8')) : xml(bytes.toString('utf8'));
writeFileSync(to, gzipSync(made, { level: 9 }));
