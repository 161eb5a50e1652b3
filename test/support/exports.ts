import { setTimeout as sleep } from 'node:timers/promises'

export interface ToldExport {
  readonly id: string
  readonly state: string
  readonly command: string
  readonly rowsDone: number
  readonly rowsTotal: number | null
  readonly failure: string | null
  readonly sha256: string | null
}

const millisMax = 60_000

/** Asked again until it is in one of these states. */
export async function untilExport(
  ask: () => Promise<{ readonly body: ToldExport }>,
  states: readonly string[] = ['ready', 'failed', 'cancelled', 'expired'],
): Promise<ToldExport> {
  const deadline = Date.now() + millisMax
  for (;;) {
    const { body } = await ask()
    if (states.includes(body.state)) {
      return body
    }
    if (Date.now() > deadline) {
      throw new Error(`waited in vain for an export to be ${states}, it is ${body.state}`)
    }
    await sleep(50)
  }
}
