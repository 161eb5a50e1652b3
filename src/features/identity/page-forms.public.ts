import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Issue } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import {
  type Control,
  type Fields,
  type FieldsSchema,
  readFields,
  splitControl,
} from '#platform/http/form-fields.ts'
import { flatten, formUnreadable, nestFields } from '#platform/http/forms.ts'
import { requestHash } from '#platform/http/idempotency.ts'
import { addressOf } from '#platform/http/page-address.ts'
import type { Page, Screen } from '#platform/http/page-answer.ts'
import { readUploadedFile, type UploadedFile } from '#platform/http/uploads.ts'
import type { Service } from '#platform/service.ts'
import { callOf, type Once, performOnce } from './calls.public.ts'
import type { Context, Viewing } from './context.public.ts'
import { requireCsrf, sessionRefused } from './session.public.ts'

/** What a form does once it is sent, and how it is done once however often it is sent. */
export type Showing = (viewing: Viewing, screen: Screen) => Promise<Page>

export interface FormAction<Output, Ready = null> {
  /** Of what is typed; the API's own body schema where there is one. */
  readonly fields: FieldsSchema<Output>
  /** What is slow and locks nothing, as reading a file is: done before the transaction begins. */
  readonly prepare?: (sent: Pick<Sent<Output>, 'fields' | 'file'>) => Promise<Ready>
  /** Answers where to go next, without the language: `/expenditures/…`; or what is left to do. */
  readonly run: (context: Context, sent: Sent<Output>, ready: Ready) => Promise<string | Left>
  /**
   * Shown in place of going on: what is told once and kept nowhere, as a token is. The same form
   * sent again shows it again, without what only `run` knew.
   */
  readonly told?: Showing
  /** The page with the form, when it comes back refused. */
  readonly again: Showing
}

/**
 * Of a form of many things, some of which were done: what the form shows again, as a refused one
 * does. What was done stays done; the same form sent again is answered the same. Where nothing was
 * done it is a refusal like any other.
 */
export interface Left {
  readonly isNothingDone: boolean
  readonly code: string
  readonly sentence: Bilingual
  readonly issues: readonly Issue[]
  readonly fields: Fields
}

export interface Sent<Output> {
  readonly fields: Output
  /** Null unless the route's config says `takesFile`. */
  readonly file: UploadedFile | null
  /** The version the form was of. @throws Problem `http/form-unreadable` when it holds none */
  readonly version: number
}

interface Running<Output, Ready> {
  readonly form: FormAction<Output, Ready>
  readonly received: Received
  readonly reading: Promise<Ready>
}

/** Undoes the transaction, and with it the use of the key. */
class NothingDone extends Error {
  readonly left: Left

  constructor(left: Left) {
    super('nothing was done')
    this.left = left
  }
}

export async function performForm<Output, Ready>(
  service: Service,
  request: FastifyRequest,
  { form, received, reading }: Running<Output, Ready>,
): Promise<string | Left> {
  const once = onceOf(request, received)
  try {
    const answer = await performOnce(service, callOf(request), once, async (context) => {
      const went = await form.run(context, sentAs(form.fields, received), await reading)
      if (typeof went !== 'string' && went.isNothingDone) {
        throw new NothingDone(went)
      }
      return { status: 200, body: JSON.stringify(went) }
    })
    return JSON.parse(JSON.parse(answer.body))
  } catch (error) {
    if (error instanceof NothingDone) {
      return error.left
    }
    throw error
  }
}

/** Whoever gives nothing to prepare takes null. */
export async function prepared<Output, Ready>(
  { fields: schema, prepare }: FormAction<Output, Ready>,
  { fields, file }: Received,
): Promise<Ready> {
  return prepare === undefined
    ? (null as Ready)
    : prepare({ fields: readFields(schema, fields), file })
}

interface Received {
  readonly control: Control
  readonly fields: Fields
  readonly file: UploadedFile | null
}

export async function receive(request: FastifyRequest): Promise<Received> {
  if (request.routeOptions.config.takesFile !== true) {
    return { ...splitControl((request.body ?? {}) as Fields), file: null }
  }
  const { file, fields } = await readUploadedFile(request)
  const received = splitControl(nestFields(fields))
  requireCsrf(received.control.csrf, sessionOf(request))
  return { ...received, file }
}

const sentAs = <Output>(
  schema: FieldsSchema<Output>,
  { control, fields, file }: Received,
): Sent<Output> => ({
  fields: readFields(schema, fields),
  file,
  get version() {
    return versionOf(control)
  },
})

/** The session is not part of what is sent: the same form is the same after another signing in. */
function onceOf(request: FastifyRequest, { control, fields, file }: Received): Once {
  const { key, version } = control
  if (key === null || !/^[0-9a-f-]{36}$/.test(key)) {
    throw formUnreadable()
  }
  const body = [
    version,
    Object.entries(flatten(fields)).toSorted(),
    file?.name,
    sha256Of(file?.bytes ?? ''),
  ]
  const { method } = request
  const url = addressOf(request.url)
  return {
    // A page may have several forms: each is done once.
    key: `${key}:${sha256Of(url).slice(0, 16)}`,
    requestHash: requestHash({ method, url, body: JSON.stringify(body) }),
  }
}

const sha256Of = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')

function versionOf({ version }: Control): number {
  if (version === null || !/^[1-9]\d{0,8}$/.test(version)) {
    throw formUnreadable()
  }
  return Number(version)
}

/** Of a form that a route takes apart by itself. @throws Problem `identity/csrf-refused` */
export const requireFormOf = (
  request: FastifyRequest,
  { csrf }: Readonly<Record<string, string>>,
): void => requireCsrf(csrf, sessionOf(request))

export function sessionOf({ session }: FastifyRequest) {
  if (session === null) {
    throw sessionRefused()
  }
  return session
}
