import {
  type AnchorFiles,
  anchorNow,
  findRefusal,
  findUnanchored,
  holdAnchors,
} from '#features/audit/anchors.actions.ts'
import { verifyNow } from '#features/audit/audit.actions.ts'
import type { RecordCheck } from '#features/audit/audit.public.ts'
import { isUnavailable } from '#platform/db/connect.ts'
import type { HeldLock } from '#platform/db/held-lock.ts'
import type { Log } from '#platform/log.ts'
import type { OpenService } from '#platform/service.ts'

/**
 * While the service runs: the record is compared with its last anchor every few seconds, signed
 * when a minute or a thousand events have passed since, and verified as a whole every hour. Of
 * several processes on one database one signs; all of them compare.
 */
export interface RecordWatch {
  /** Before the first write, and once more after the database was away. */
  check(): Promise<void>
  start(): void
  /** The last events are signed, if this process is the one that signs. */
  close(): Promise<void>
  readonly lastVerification: LastVerification | null
}

export interface LastVerification {
  readonly at: string
  readonly millis: number
  readonly isIntact: boolean
  readonly position: number
}

export interface WatchOptions {
  readonly service: OpenService
  readonly files: AnchorFiles
  readonly checks: readonly RecordCheck[]
  readonly log: Log
}

const lookMillis = 5_000
const anchorMillis = 60_000
const anchorEvents = 1_000
const firstVerifyMillis = 60_000
const verifyMillis = 3_600_000

interface WatchState {
  lock: HeldLock | null
  refusal: string
  anchoredAt: number
  isClosed: boolean
  /** Whether there was ever a record to speak of. */
  isChecked: boolean
  looking: Promise<void>
  timers: NodeJS.Timeout[]
  lastVerification: LastVerification | null
}

export function watchRecord(options: WatchOptions): RecordWatch {
  const state: WatchState = {
    lock: null,
    refusal: '',
    anchoredAt: -anchorMillis,
    isClosed: false,
    isChecked: false,
    looking: Promise.resolve(),
    timers: [],
    lastVerification: null,
  }
  const every = (millis: number, work: () => Promise<void>): void => {
    state.timers.push(setInterval(() => void work().catch((e) => complain(options, e)), millis))
  }
  return {
    check: () => check(options, state),
    start() {
      if (state.isClosed) {
        return
      }
      every(lookMillis, () => look(options, state, anchorMillis))
      every(verifyMillis, () => verifyOnce(options, state))
      state.timers.push(
        setTimeout(
          () => void verifyOnce(options, state).catch((e) => complain(options, e)),
          firstVerifyMillis,
        ),
      )
      for (const timer of state.timers) {
        timer.unref()
      }
    },
    async close() {
      state.isClosed = true
      state.timers.forEach(clearTimeout)
      if (state.isChecked) {
        await look(options, state, 0).catch((error) => complain(options, error))
      }
      await state.lock?.release()
      state.lock = null
    },
    get lastVerification() {
      return state.lastVerification
    },
  }
}

function complain({ log }: WatchOptions, error: unknown): void {
  if (!isUnavailable(error)) {
    log.error({ err: error }, 'the record could not be anchored or verified')
  }
}

async function check({ service, files, log }: WatchOptions, state: WatchState): Promise<void> {
  const refusal = await findRefusal(service, files)
  service.refuseWrites(refusal)
  if (refusal !== null) {
    log.error({ err: refusal }, 'nothing is written')
  }
  state.refusal = refusal?.code ?? ''
  state.isChecked = true
}

/** One look after the other: a slow one is waited for. */
function look(options: WatchOptions, state: WatchState, dueMillis: number): Promise<void> {
  state.looking = state.looking
    .catch(() => undefined)
    .then(() => lookOnce(options, state, dueMillis))
  return state.looking
}

async function lookOnce(
  options: WatchOptions,
  state: WatchState,
  dueMillis: number,
): Promise<void> {
  const { service, files, log } = options
  const isUnguarded = state.refusal === 'audit/guards-missing'
  const refusal = await (isUnguarded ? findRefusal : findUnanchored)(service, files)
  if ((refusal?.code ?? '') !== state.refusal) {
    service.refuseWrites(refusal)
    state.refusal = refusal?.code ?? ''
    log.error({ err: refusal }, refusal === null ? 'writing goes on' : 'nothing is written')
  }
  if (refusal !== null) {
    // Whoever accepts or mends the anchors needs them.
    await state.lock?.release()
    state.lock = null
    return
  }
  if (state.lock !== null && !(await state.lock.isHeld())) {
    await state.lock.release()
    state.lock = null
  }
  state.lock ??= await holdAnchors(service)
  if (state.lock === null) {
    return
  }
  const isDue = performance.now() - state.anchoredAt >= dueMillis
  if ((await anchorNow(service, files, isDue ? 1 : anchorEvents)) !== null) {
    state.anchoredAt = performance.now()
  }
}

async function verifyOnce(options: WatchOptions, state: WatchState): Promise<void> {
  const { service, files, checks, log } = options
  const start = performance.now()
  const found = await verifyNow(service, checks, files)
  const millis = Math.round(performance.now() - start)
  const { isIntact, position } = found
  state.lastVerification = { at: new Date().toISOString(), millis, isIntact, position }
  if (isIntact) {
    log.info({ millis, position }, 'the record is intact')
  } else {
    const breaks = found.checks.flatMap((checked) => checked.breaks)
    log.error({ millis, position, breaks: breaks.slice(0, 5) }, 'the record is broken')
  }
}
