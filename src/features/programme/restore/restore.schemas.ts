import { z } from 'zod';
import { line } from '../../../platform/web/fields.js';

/** What the person has seen of the restoration that they agree to. */
export const restoreForm = z.strictObject({ seen: line(64) });
export const restoreInput = restoreForm.meta({ id: 'RestorationOrder' });
