import multipart from '@fastify/multipart';
import { BadRequestException, PayloadTooLargeException, SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError, InvalidInput, TooLarge } from '../../kernel/errors.js';
import { cleanText } from '../../kernel/text.js';

/** Largest file that is taken, in bytes. */
export const LARGEST_UPLOAD = 20 * 1024 * 1024;
export const UPLOAD_MEGABYTES = LARGEST_UPLOAD / 1024 / 1024;
/** What is announced as larger than that is not even let pass by, although a browser then shows no answer of ours. */
const MOST_LET_PASS = 250 * 1024 * 1024;
export const UPLOAD = 'skaryna:upload';

const LIMITS = { fileSize: LARGEST_UPLOAD, files: 1, fields: 20, fieldSize: 20_000, parts: 21, headerPairs: 20 };

/** A route whose form carries one file. On all others such forms are refused before they are read. */
export const Upload = (): CustomDecorator => SetMetadata(UPLOAD, true);

export interface UploadedFile {
  /** As the browser names it, cleaned, without folders. */
  readonly filename: string;
  readonly bytes: Buffer;
  /** Larger than `LARGEST_UPLOAD`: nothing of it was kept. */
  readonly tooLarge: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    upload: UploadedFile | null;
  }
}

export async function registerUploads(fastify: FastifyInstance): Promise<void> {
  fastify.decorateRequest('upload', null);
  await fastify.register(multipart as never, { limits: LIMITS, throwFileSizeLimit: false });
}

/** The place of the file in the schema of a form, for the description of the API: its bytes are in `request.upload`. */
export const fileField = () =>
  z.unknown().optional().meta({ type: 'string', format: 'binary', description: 'The file' });

/** The file of a form, beside whose field it is said that there is none, or too large a one. */
export function uploadedFile({ upload }: FastifyRequest, field = 'file'): UploadedFile {
  if (upload?.tooLarge) throw new TooLarge(field, 'error.upload.tooLarge', { megabytes: UPLOAD_MEGABYTES });
  if (!upload || upload.bytes.length === 0) throw InvalidInput.at(field, 'error.upload.none');
  return upload;
}

/**
 * Reads a form with a file: fields become the body, the file `request.upload`. `admit` runs before a byte of the file is
 * kept, with the fields that stood before it; what it throws ends the reading. A file that is too large is not kept at all.
 */
export async function readUpload(request: FastifyRequest, admit: () => Promise<void>): Promise<void> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > MOST_LET_PASS) throw new PayloadTooLargeException();
  const fields: Record<string, unknown> = {};
  request.body = fields;
  let admitted = false;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        fields[part.fieldname] = part.value;
        continue;
      }
      await admit();
      admitted = true;
      request.takeTime?.();
      request.upload = await received(part.file, nameOf(part.filename), announced);
    }
  } catch (error) {
    if (error instanceof AppError || (error as { statusCode?: number }).statusCode !== undefined) throw error;
    // What is no form at all, or breaks off.
    throw new BadRequestException();
  }
  if (!admitted) await admit();
}

async function received(
  file: AsyncIterable<Buffer> & { readonly truncated: boolean },
  filename: string,
  announced: number,
): Promise<UploadedFile> {
  let chunks: Buffer[] = [];
  // What is announced as too large is let pass by, so that the browser gets to read the answer.
  const keep = announced <= LARGEST_UPLOAD + 100_000;
  for await (const chunk of file) {
    if (keep && !file.truncated) chunks.push(chunk);
    else chunks = [];
  }
  const tooLarge = !keep || file.truncated;
  return { filename, bytes: tooLarge ? Buffer.alloc(0) : Buffer.concat(chunks), tooLarge };
}

function nameOf(filename: string): string {
  const cleaned = cleanText(filename.split(/[\\/]/).at(-1) ?? '', { multiline: false, max: 200 });
  return cleaned.ok ? cleaned.value : 'file';
}
