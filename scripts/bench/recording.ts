import { Client } from 'pg'
import { makeLog } from '#platform/log.ts'
import { openService } from '#platform/service.ts'
import { makeApp } from '#src/app.ts'
import type { Ground } from './data.ts'
import { draftId } from './draft-id.ts'

/** One statement as the service sent it. */
export interface Sent {
  readonly text: string
  readonly values: readonly unknown[]
  /** Id of the one journal entry that it made, if it made one. */
  readonly entry: string | null
}

interface Recording {
  /** What was sent since the last time. */
  take(): readonly Sent[]
  stop(): void
}

type Answer = { readonly rows?: readonly Record<string, unknown>[] } | undefined
type Callback = (error: unknown, answer: Answer) => void
type Query = (...parts: unknown[]) => unknown

/** Records what database clients of this process send that are made from now on. */
function startRecording(): Recording {
  let sent: Sent[] = []
  const prototype = Client.prototype as unknown as { query: Query }
  const send = prototype.query
  prototype.query = function (this: Client, ...parts: unknown[]) {
    // The clients of our pools always give one.
    const callback = parts.at(-1) as Callback
    return send.call(this, ...parts.slice(0, -1), (error: unknown, answer: Answer) => {
      sent.push({ ...statementOf(parts), entry: entryOf(answer) })
      callback(error, answer)
    })
  }
  return {
    take: () => {
      const taken = sent
      sent = []
      return taken
    },
    stop: () => {
      prototype.query = send
    },
  }
}

function statementOf([first, second]: readonly unknown[]): Pick<Sent, 'text' | 'values'> {
  const query =
    typeof first === 'string' ? { text: first } : (first as { text: string; values?: unknown[] })
  return { text: query.text, values: Array.isArray(second) ? second : (query.values ?? []) }
}

function entryOf(answer: Answer): string | null {
  const [row, ...others] = answer?.rows ?? []
  const isEntry = others.length === 0 && typeof row?.id === 'string' && /^\d+$/.test(row.id)
  return isEntry ? String(row.id) : null
}

/** Approves so many drafts, one after the other, in this process; answers what each one sent. */
export async function recordApprovals(
  ground: Ground,
  first: number,
  count: number,
): Promise<readonly (readonly Sent[])[]> {
  const recording = startRecording()
  const service = await openService({
    databaseUrl: ground.url,
    dataFolder: '',
    say: () => undefined,
  })
  const server = await makeApp({ service, log: makeLog('silent'), ready: () => true })
  try {
    const authorization = `Bearer ${ground.token}`
    // The first use of a token in a minute is noted.
    await server.inject({ url: '/api/v1/session', headers: { authorization } })
    const approvals: (readonly Sent[])[] = []
    for (let n = first; n < first + count; n += 1) {
      recording.take()
      const { statusCode, body } = await server.inject({
        method: 'POST',
        url: `/api/v1/expenditures/${draftId(n)}/approve`,
        headers: { authorization, 'if-match': '"2"' },
      })
      if (statusCode !== 200) throw new Error(`draft ${n}: ${statusCode} ${body}`)
      approvals[n % count] = recording.take()
    }
    return approvals
  } finally {
    await server.close()
    await service.close()
    recording.stop()
  }
}
