import { createHash } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '#core/problem.ts'
import { unsupportedType } from './framework-problems.ts'
import type { HttpServer } from './http-server.ts'
import { issuesOf } from './input-issues.ts'
import { InvalidInput } from './validator.ts'

/**
 * A file that somebody brings: one part `file`, and fields that say something of it. Taken whole or
 * refused: what is longer than allowed is never cut, and a part that stops before its end is no
 * file. What is hashed for retries is the file and the fields, since a form has a new boundary each
 * time it is sent.
 */
export interface Upload<Fields> {
  readonly name: string
  readonly bytes: Uint8Array
  readonly fields: Fields
}

const fileBytesMax = 20 * 1024 * 1024
const limits = {
  fileSize: fileBytesMax,
  files: 1,
  fields: 16,
  parts: 17,
  fieldNameSize: 64,
  fieldSize: 1024,
  headerPairs: 16,
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes a form with a file; every other route refuses one. */
    takesFile?: boolean
  }
}

export async function acceptUploads(server: HttpServer): Promise<void> {
  await server.register(multipart, { limits, throwFileSizeLimit: true })
  server.addHook('preParsing', async (request) => {
    const isForm = /^\s*multipart\//i.test(request.headers['content-type'] ?? '')
    if (isForm && request.routeOptions.config.takesFile !== true) {
      throw unsupportedType()
    }
  })
}

/** For a route's own `config`: reading and keeping a great file takes longer than an ordinary call. */
export const uploadMillisMax = 120_000

/** @throws Problem, and InvalidInput where a field is not what it should be */
export async function readUploadParts<Shape extends z.ZodType>(
  request: FastifyRequest,
  fieldsSchema: Shape,
): Promise<Upload<z.output<Shape>>> {
  const { file, fields } = await readParts(request)
  if (file === null || file.bytes.length === 0) {
    throw fileMissing()
  }
  const { name, bytes } = file
  request.bodySha256 = digestOf(name, bytes, fields)
  const read = z.safeParse(fieldsSchema, fields, { reportInput: true })
  if (!read.success) {
    throw Object.assign(new InvalidInput(issuesOf(read.error.issues), false), {
      validationContext: 'body',
    })
  }
  return { name: plainName(name), bytes, fields: read.data }
}

export interface UploadedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** For a form of a page: its fields as they were sent, and null where no file was chosen. */
export async function readUploadedFile(
  request: FastifyRequest,
): Promise<{ readonly file: UploadedFile | null; readonly fields: Record<string, string> }> {
  const { file, fields } = await readParts(request)
  const isChosen = file !== null && file.bytes.length > 0
  return { file: isChosen ? { name: plainName(file.name), bytes: file.bytes } : null, fields }
}

/**
 * What was typed beside a file that nobody will read: it goes by, of any length, and is not kept. Of
 * a form that breaks off, what came before.
 */
export async function readTypedFields(request: FastifyRequest): Promise<Record<string, string>> {
  const fields: Record<string, string> = {}
  const parts = request.parts({ limits: { ...limits, fileSize: 1 } })
  try {
    for await (const part of parts) {
      if (part.type === 'file') {
        part.file.resume()
      } else {
        take(fields, part.fieldname, part.value, part.valueTruncated)
      }
    }
  } catch {
    return fields
  }
  return fields
}

/** @throws Problem `http/file-missing` beside the field of the file */
export function requireFile(file: UploadedFile | null): UploadedFile {
  if (file === null) {
    const detail = {
      fr: 'Choisissez un fichier, qui ne soit pas vide.',
      en: 'Choose a file that is not empty.',
    }
    throw new Problem('invalid', 'http/file-missing', detail, {
      issues: [{ pointer: '/file', code: 'http/file-missing', detail }],
    })
  }
  return file
}

async function readParts(request: FastifyRequest): Promise<Parts> {
  if (!request.isMultipart()) {
    throw unsupportedType()
  }
  return partsOf(request).catch((error: unknown) => {
    // The parser's own errors say nothing of themselves: a form that ends before its last boundary.
    const isOurs = error instanceof Problem || Object(error).statusCode !== undefined
    throw isOurs ? error : formTruncated(error)
  })
}

interface Parts {
  readonly file: { readonly name: string; readonly bytes: Buffer } | null
  readonly fields: Record<string, string>
}

async function partsOf(request: FastifyRequest): Promise<Parts> {
  const fields: Record<string, string> = {}
  let file: Parts['file'] = null
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      take(fields, part.fieldname, part.value, part.valueTruncated)
    } else if (part.fieldname === 'file') {
      file = { name: part.filename, bytes: await part.toBuffer() }
    } else {
      part.file.resume()
      throw strangePart(part.fieldname)
    }
  }
  return { file, fields }
}

export const formTruncated = (cause: unknown): Problem =>
  new Problem(
    'invalid',
    'http/form-truncated',
    {
      fr: 'Le formulaire s’arrête avant sa fin : le fichier n’est pas entier. Envoyez-le de nouveau.',
      en: 'The form stops before its end: the file is not whole. Send it again.',
    },
    { cause },
  )

function take(
  fields: Record<string, string>,
  name: string,
  value: unknown,
  isTruncated: boolean,
): void {
  if (Object.hasOwn(fields, name) || typeof value !== 'string' || isTruncated) {
    throw strangePart(name)
  }
  fields[name] = value
}

export const strangePart = (name: string): Problem =>
  new Problem('invalid', 'http/form-malformed', {
    fr: `La partie « ${name.slice(0, 64)} » du formulaire est répétée, trop longue ou inconnue.`,
    en: `The part “${name.slice(0, 64)}” of the form is repeated, too long or unknown.`,
  })

export const fileMissing = (): Problem =>
  new Problem('invalid', 'http/file-missing', {
    fr: 'Le formulaire ne contient aucun fichier dans sa partie « file ».',
    en: 'The form holds no file in its part “file”.',
  })

function digestOf(name: string, bytes: Uint8Array, fields: Record<string, string>): string {
  const said = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
  const hash = createHash('sha256').update(JSON.stringify([name, said]))
  return hash.update(bytes).digest('hex')
}

/** Without a folder, controls or half characters: it is shown, kept and sealed. */
export const plainName = (name: string): string =>
  name
    .replaceAll(/^.*[/\\]/g, '')
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, '')
    .slice(0, 200)
    .toWellFormed()
    .trim() || 'file'
