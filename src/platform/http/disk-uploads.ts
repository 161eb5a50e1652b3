import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { Problem } from '#core/problem.ts'
import { unsupportedType } from './framework-problems.ts'
import { fileMissing, formTruncated, plainName, strangePart } from './uploads.ts'

/**
 * A file too large to be held: it goes to the disk as it comes, is used from there, and is gone
 * when its use ends, however that ends. The form has the part `file`, and the fields that are named
 * where it is asked for; no other.
 */
export interface DiskUpload {
  readonly path: string
  readonly name: string
  readonly bytes: number
  readonly fields: Readonly<Record<string, string>>
}

interface Limits {
  readonly bytesMax: number
  readonly tooLarge: (name: string) => Problem
  readonly fieldNames?: readonly string[]
}

/** @throws Problem `http/…`, and `tooLarge` beyond the bytes that are taken */
export async function withUploadOnDisk<T>(
  request: FastifyRequest,
  limits: Limits,
  use: (upload: DiskUpload) => Promise<T>,
): Promise<T> {
  if (!request.isMultipart()) {
    throw unsupportedType()
  }
  const folder = await mkdtemp(join(tmpdir(), 'vigie-upload-'))
  try {
    return await use(await receive(request, join(folder, 'file'), limits))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function receive(
  request: FastifyRequest,
  path: string,
  { bytesMax, tooLarge, fieldNames = [] }: Limits,
): Promise<DiskUpload> {
  const fields: Record<string, string> = {}
  let file: Pick<DiskUpload, 'name' | 'bytes'> | null = null
  try {
    const most = fieldNames.length + 1
    const limits = { fileSize: bytesMax, files: 1, fields: most, parts: most + 1 }
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        const { fieldname, value } = part
        if (!fieldNames.includes(fieldname) || Object.hasOwn(fields, fieldname)) {
          throw strangePart(fieldname)
        }
        fields[fieldname] = String(value)
        continue
      }
      if (part.fieldname !== 'file' || file !== null) {
        throw strangePart(part.fieldname)
      }
      const name = plainName(part.filename)
      await pipeline(part.file, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
      if (part.file.truncated) {
        throw tooLarge(name)
      }
      file = { name, bytes: part.file.bytesRead }
    }
  } catch (error) {
    throw problemOfReceiving(error)
  }
  if (file === null) {
    throw fileMissing()
  }
  return { path, ...file, fields }
}

const diskFull = ['ENOSPC', 'EDQUOT']

/** The parser's own errors say nothing of themselves: a form that ends before its last boundary. */
function problemOfReceiving(error: unknown): unknown {
  const { code, statusCode } = Object(error) as { code?: unknown; statusCode?: unknown }
  if (diskFull.some((each) => each === code)) {
    return new Problem(
      'unavailable',
      'http/no-room',
      {
        fr: 'Il n’y a plus de place sur le disque pour recevoir ce fichier. Recommencez plus tard.',
        en: 'There is no room on the disk to receive this file. Try again later.',
      },
      { cause: error, retrySeconds: 60 },
    )
  }
  return error instanceof Problem || statusCode !== undefined || typeof code === 'string'
    ? error
    : formTruncated(error)
}
