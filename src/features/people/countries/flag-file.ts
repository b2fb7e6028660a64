import { SaxesParser } from 'saxes';
import { plainFileText } from '../../../platform/documents/file-text.js';
import { unreadable } from '../../../platform/documents/file-problem.rules.js';

/** What flags are drawn with. Whatever runs, fetches or refers to something else is not among it. */
const ELEMENTS = new Set(
  'svg g path rect circle ellipse line polyline polygon defs clipPath title desc linearGradient radialGradient stop use'.split(
    ' ',
  ),
);
const ATTRIBUTES =
  /^(xmlns|xmlns:xlink|version|viewBox|width|height|x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|d|points|fill|fill-rule|fill-opacity|stroke|stroke-width|stroke-linejoin|stroke-linecap|stroke-miterlimit|stroke-opacity|opacity|transform|id|clip-path|clip-rule|offset|stop-color|stop-opacity|gradientUnits|gradientTransform|preserveAspectRatio|(xlink:)?href)$/;
const MAX_BYTES = 200_000;

/**
 * The text of a flag that somebody brings, an SVG drawing: only shapes, with references inside the file alone. Throws
 * UnreadableFile for anything else ([P13]).
 */
export function readFlag(bytes: Buffer): string {
  if (bytes.length > MAX_BYTES) unreadable('file.problem.flagLarge');
  const text = plainFileText(bytes);
  const refuse = () => unreadable('file.problem.flag');
  const parser = new SaxesParser({ xmlns: false });
  let depth = 0;
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('processinginstruction', refuse);
  parser.on('cdata', refuse);
  parser.on('opentag', ({ name, attributes }) => {
    if ((depth === 0) !== (name === 'svg') || ++depth > 40 || !ELEMENTS.has(name)) refuse();
    for (const [key, value] of Object.entries(attributes)) {
      if (!ATTRIBUTES.test(key)) refuse();
      const refers = /^(xlink:)?href$/.test(key);
      if (refers && !/^#[\w-]+$/.test(String(value))) refuse();
      if (!refers && !key.startsWith('xmlns') && /url\(\s*(?!["']?#)|script:|data:/i.test(String(value))) refuse();
    }
  });
  parser.on('closetag', () => void depth--);
  parser.write(text).close();
  if (!/<svg[\s>]/.test(text)) refuse();
  return text;
}
