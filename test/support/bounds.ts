import { type Bounds, type Handle, inTransaction, type Work } from '#platform/db/transaction.ts'

/** Who reads everything and signs as one of the tests' own. */
export const unbounded = (change: Partial<Bounds> = {}): Bounds => ({
  actor: 'test',
  organizations: ['*'],
  event: null,
  ...change,
})

/** As the working role, in a transaction of its own with these bounds. */
export const within = <T>(
  handle: Handle,
  bounds: Partial<Bounds>,
  run: (work: Work) => Promise<T>,
): Promise<T> => inTransaction(handle, unbounded(bounds), run)
