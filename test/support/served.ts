import { type Running, type RunOptions, runVigie, startVigie } from './processes.ts'

/** `vigie serve` as a process, asked over HTTP. */
export interface Served {
  readonly running: Running
  readonly address: string
  get(path: string, token?: string): Promise<Answer>
  post(path: string, body: unknown, options: PostOptions): Promise<Answer>
}

export interface PostOptions {
  readonly token: string
  readonly key?: string
  readonly version?: number
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever shape came back
  readonly body: any
}

/** Answers when the address stands on stdout. Killed when the test is finished. */
export async function serveVigie(options: RunOptions): Promise<Served> {
  const running = startVigie(['serve', '--port', '0'], options)
  return servedAt(running, await running.firstLine())
}

export const servedAt = (running: Running, address: string): Served => ({
  running,
  address,
  get: (path, token) =>
    ask(`${address}${path}`, { headers: token === undefined ? {} : bearer(token) }),
  post: (path, body, { token, key, version }) =>
    ask(`${address}/api/v1${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        ...bearer(token),
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
    }),
})

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init)
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** Somebody with a role, and the token they act with, through the commands. */
export async function addPerson(name: string, role: string, options: RunOptions): Promise<string> {
  const email = `${name}@vigie.test`
  const person = ['--email', email, '--name', name, '--role', role, '--organization', 'MSP']
  const added = await runVigie(['users', 'add', ...person], options)
  const issued = await runVigie(['users', 'token', '--email', email], options)
  if (added.code !== 0 || issued.code !== 0) throw new Error(added.stderr + issued.stderr)
  return issued.stdout.trim()
}
