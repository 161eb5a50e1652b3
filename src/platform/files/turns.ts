import { Problem } from '#core/problem.ts'

/** Work that is done so many at a time, the others in line. */
export type Turns = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

/** First come, first served; whoever finds the line full is told to come back. */
export function makeTurns({
  runningMax,
  waitingMax,
}: {
  readonly runningMax: number
  readonly waitingMax: number
}): Turns {
  let running = 0
  const waiting: (() => void)[] = []
  const turn = (): Promise<void> => {
    if (waiting.length >= waitingMax) {
      throw busy()
    }
    return new Promise((resolve) => waiting.push(resolve))
  }
  return async (work, signal) => {
    if (running < runningMax) {
      running += 1
    } else {
      await turn()
    }
    try {
      signal?.throwIfAborted()
      return await work()
    } finally {
      // The place goes to the next in line without becoming free in between.
      const next = waiting.shift()
      if (next === undefined) {
        running -= 1
      } else {
        next()
      }
    }
  }
}

const busy = (): Problem =>
  new Problem(
    'unavailable',
    'files/busy',
    {
      fr: 'Trop de fichiers sont lus en même temps. Recommencez dans un instant.',
      en: 'Too many files are being read at the same time. Try again shortly.',
    },
    { retrySeconds: 5 },
  )
