import { closeSync, fdatasyncSync, mkdtempSync, openSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a client is about to ask, under a key that makes it happen once. */
export interface Intent {
  readonly key: string
  readonly by: string
  readonly method: 'POST' | 'PATCH' | 'DELETE'
  /** Below /api/v1. */
  readonly path: string
  readonly version: number | null
  readonly body: unknown
}

export interface Said {
  readonly status: number
  readonly etag: string | null
  readonly retryAfter: string | null
  readonly text: string
}

/**
 * What was asked and what was answered, on the disk before anything hangs on it: the test's own
 * memory, which owes nothing to the service. Kept when a test fails; its path is printed.
 */
export class RequestLog {
  readonly path = join(mkdtempSync(join(tmpdir(), 'vigie-log-')), 'requests.jsonl')
  readonly #file = openSync(this.path, 'a')

  asks(intent: Intent): void {
    this.#write({ asks: intent })
  }

  answers(key: string, said: Said): void {
    this.#write({ answers: key, ...said })
  }

  close(): void {
    closeSync(this.#file)
  }

  #write(entry: unknown): void {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`)
    fdatasyncSync(this.#file)
  }
}
