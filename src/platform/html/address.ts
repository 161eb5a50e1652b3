import type { Screen } from './page.ts'

/**
 * The question of this address, asked of a page or of a file of it, with something changed; null
 * takes a part away. Example: `/reconciliation?by=axis` as `/reconciliation.csv?by=axis`.
 */
export function addressWith(
  { address }: Pick<Screen, 'address'>,
  path: string,
  change: Readonly<Record<string, string | null>> = {},
): string {
  const query = new URLSearchParams(address.split('?')[1])
  for (const [name, value] of Object.entries(change)) {
    if (value === null) {
      query.delete(name)
    } else {
      query.set(name, value)
    }
  }
  return query.size === 0 ? path : `${path}?${query}`
}
