import { randomUUID } from 'node:crypto'
import type { HttpServer } from '#platform/http/http-server.ts'
import { formOf as multipartOf } from './imports.ts'

/** A browser with scripts off: pages, their forms, and a jar of one cookie. */
export interface Visitor {
  readonly get: (url: string, headers?: Record<string, string>) => Promise<Seen>
  /** As the form of the page would send it: what it holds hidden, and what was typed. */
  readonly send: (from: Seen, fields: Fields, options?: SendOptions) => Promise<Seen>
  readonly post: (url: string, fields: Fields, options?: SendOptions) => Promise<Seen>
  /** The same with a file, as a form that takes one sends it. */
  readonly sendFile: (from: Seen, form: FileForm, options?: SendOptions) => Promise<Seen>
  /** What the browser holds, or undefined; set from outside to play another browser. */
  cookie: string | undefined
}

export type Fields = Readonly<Record<string, string | readonly string[]>>

export interface FileForm {
  readonly name?: string
  /** None: nothing was chosen. */
  readonly content: string | Uint8Array
  readonly fields?: Readonly<Record<string, string>>
}

export interface SendOptions {
  /** Undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Which of the page's forms, by its action; the first one in the content when left out. */
  readonly action?: string
}

export interface Seen {
  readonly status: number
  readonly url: string
  readonly html: string
  /** Of a file. */
  readonly bytes: Uint8Array
  readonly location: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
}

const host = 'vigie.example'

export function visitor({ server }: { server: HttpServer }, cookie?: string): Visitor {
  const jar: { cookie: string | undefined } = { cookie }
  const ask = async (
    method: 'GET' | 'POST',
    url: string,
    { payload, headers }: { payload?: string | Buffer; headers: SendOptions['headers'] },
  ): Promise<Seen> => {
    const said = {
      host,
      'accept-language': 'fr',
      ...(jar.cookie === undefined ? {} : { cookie: jar.cookie }),
      ...headers,
    }
    const answer = await server.inject({
      method,
      url,
      headers: Object.fromEntries(
        Object.entries(said).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value] as const],
        ),
      ),
      ...(payload === undefined ? {} : { payload }),
    })
    for (const each of [answer.headers['set-cookie']].flat()) {
      const [, name, value] = /^(__Host-vigie=([^;]*))/.exec(String(each ?? '')) ?? []
      jar.cookie = name === undefined ? jar.cookie : value === '' ? undefined : name
    }
    const { location } = answer.headers
    return {
      status: answer.statusCode,
      url,
      html: answer.body,
      bytes: answer.rawPayload,
      location: location === undefined ? undefined : String(location),
      headers: answer.headers,
    }
  }
  const ours = { origin: `https://${host}`, 'sec-fetch-site': 'same-origin' }
  const post: Visitor['post'] = (url, fields, { headers = {} } = {}) =>
    ask('POST', url, {
      payload: encode(fields),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...ours,
        ...headers,
      },
    })
  return {
    get cookie() {
      return jar.cookie
    },
    set cookie(value) {
      jar.cookie = value
    },
    get: (url, headers = {}) => ask('GET', url, { headers }),
    post,
    sendFile: (from, { fields = {}, ...file }, { action, headers = {} } = {}) => {
      const form = formOf(from.html, action)
      const { body, type } = multipartOf({ ...file, fields: { ...form.hidden, ...fields } })
      return ask('POST', form.action, {
        payload: body,
        headers: { 'content-type': type, ...ours, ...headers },
      })
    },
    send: (from, fields, options = {}) => {
      const form = formOf(from.html, options.action)
      return post(form.action, { ...form.hidden, ...fields }, options)
    },
  }
}

function encode(fields: Fields): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each] as [string, string]),
  )
  return new URLSearchParams(pairs).toString()
}

/** The form's address and what it holds hidden, as the browser would read them. */
export function formOf(html: string, action?: string) {
  const main = html.slice(html.indexOf('<main'))
  const forms = [
    ...(action === undefined ? main : html).matchAll(/<form[^>]*method="post".*?<\/form>/gs),
  ]
  const texts = forms.map(([text]) => text)
  const text = texts.find((each) => action === undefined || actionOf(each) === action)
  if (text === undefined) {
    throw new Error(`no form ${action ?? ''} in: ${main.slice(0, 2000)}`)
  }
  const hidden = [...text.matchAll(/<input(?: [a-z-]+(?:="[^"]*")?)*\/>/g)]
    .filter(([input]) => attribute(input, 'type') === 'hidden')
    .map(([input]) => [attribute(input, 'name'), attribute(input, 'value')] as const)
  return { action: actionOf(text), hidden: Object.fromEntries(hidden) }
}

const actionOf = (form: string): string => attribute(form, 'action')

const attribute = (tag: string, name: string): string =>
  unescaped(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

export const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** What a person reads of a page's content. */
export const textOf = (html: string): string =>
  unescaped(
    html
      .slice(html.indexOf('<main'), html.indexOf('</main>'))
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/[ \n\t]+/g, ' '),
  ).trim()

export const freshKey = (): string => randomUUID()
