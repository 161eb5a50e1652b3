import type { Language } from '#core/language.ts'
import { localeOf } from '#platform/i18n/format.ts'

/**
 * How far long work has come, on one line of a terminal's stderr that is written over and then
 * taken away. Where nobody looks, and within the first second, it says nothing.
 */
const quietMillis = 1_000
const pauseMillis = 200

export interface Counter {
  readonly tell: (done: number, total: number) => void
  readonly end: () => void
}

export function openCounter(what: string, language: Language): Counter {
  const { stderr } = process
  const number = new Intl.NumberFormat(localeOf(language))
  let next = performance.now() + quietMillis
  let isShown = false
  const show = (text: string): void => {
    stderr.write(`\r${text}\u001b[K`)
  }
  return {
    tell(done, total) {
      const now = performance.now()
      if (stderr.isTTY && now >= next) {
        next = now + pauseMillis
        isShown = true
        show(`${what} ${number.format(done)} / ${number.format(total)}`)
      }
    },
    end() {
      if (isShown) {
        show('')
      }
    },
  }
}
