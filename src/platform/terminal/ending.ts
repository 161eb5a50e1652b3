import { constants } from 'node:os'
import closeWithGrace from 'close-with-grace'

/**
 * The end of a command, whatever brings it: the work is done, a refusal, Ctrl+C, a supervisor's
 * SIGTERM, a bug. What was opened is closed then, the last one first, so that no PostgreSQL of ours
 * is left running without anybody who needs it. A second signal ends the process at once.
 */
export interface Ending {
  /** To be told as soon as something begins to open, not when it is open. */
  closeAtEnd(close: () => Promise<void>): void
  /** A service is ended by a signal: from here on that is success. Settles when all is closed. */
  untilSignalled(): Promise<void>
  readonly isInterrupted: boolean
  /** Closes everything, once, even if a part of it fails. @throws what failed first */
  close(): Promise<void>
}

/** Above the time that a request under way may still take. */
const closingMillisMax = 35_000
const signalledExit = 128

/** @param onBug told what nobody caught; the answer is the exit code */
export function makeEnding(onBug: (error: unknown) => number): Ending {
  const closers: (() => Promise<void>)[] = []
  const whole = Promise.withResolvers<void>()
  const state = { isService: false, isInterrupted: false, isClosing: false }
  const close = (): Promise<void> => {
    if (!state.isClosing) {
      state.isClosing = true
      closeAll(closers).then(whole.resolve, whole.reject)
    }
    return whole.promise
  }
  // Without a listener a failure to close would be an unhandled rejection beside the real one.
  whole.promise.catch(() => undefined)
  closeWithGrace(
    // The end of the work is no signal: then the exit code is the command's own.
    {
      delay: closingMillisMax,
      logger: false,
      skip: ['beforeExit'],
      onSecondError: (error) => process.exit(onBug(error)),
      onTimeout: (millis) => onBug(new Error(`not closed within ${millis} ms`)),
    },
    async ({ signal, err }) => {
      state.isInterrupted = true
      const code = err === undefined ? codeOf(signal, state.isService) : onBug(err)
      process.exit(await close().then(() => code, onBug))
    },
  )
  return {
    closeAtEnd: (closer) => {
      if (state.isClosing) {
        // Opened too late: nothing may be left open, and nobody waits to hear of it.
        closer().catch(() => undefined)
      } else {
        closers.push(closer)
      }
    },
    untilSignalled: () => {
      state.isService = true
      return whole.promise
    },
    get isInterrupted() {
      return state.isInterrupted
    },
    close,
  }
}

const codeOf = (signal: NodeJS.Signals | undefined, isService: boolean): number =>
  isService || signal === undefined ? 0 : signalledExit + constants.signals[signal]

async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = []
  for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) {
    await closer().catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) {
    throw failures[0]
  }
}
