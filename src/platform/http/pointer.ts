import { excerpt } from '#core/excerpt.ts'

/**
 * A place in a JSON body as an RFC 6901 pointer: ['lines', 0, 'amount'] is '/lines/0/amount', and
 * the whole body is ''. In a name `~` is written `~0` and `/` is written `~1`, in that order. Names
 * can come from the caller: each is cut like any text that an answer repeats.
 */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((name) => `/${escapeName(excerpt(String(name)))}`).join('')

const escapeName = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
