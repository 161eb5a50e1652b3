import { createHook } from 'node:async_hooks'

/** Hashings of passwords that Node was asked for, and how many of them were ever under way at once. */
export function watchHashings() {
  const seen = { count: 0, mostAtOnce: 0 }
  const underWay = new Set<number>()
  const hook = createHook({
    init(id, type) {
      if (type === 'ARGON2REQUEST') {
        underWay.add(id)
        seen.count += 1
        seen.mostAtOnce = Math.max(seen.mostAtOnce, underWay.size)
      }
    },
    before: (id) => {
      underWay.delete(id)
    },
  }).enable()
  return {
    get count() {
      return seen.count
    },
    get mostAtOnce() {
      return seen.mostAtOnce
    },
    async countOf(work: () => Promise<unknown>): Promise<number> {
      const before = seen.count
      await work()
      return seen.count - before
    },
    stop: () => {
      hook.disable()
    },
  }
}
