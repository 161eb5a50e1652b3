import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from '#core/problem.ts'

/**
 * The version a document has, as a strong entity tag: version 3 is `ETag: "3"` and comes back as
 * `If-Match: "3"` (RFC 9110, section 13.1.1; 428 is RFC 6585). One approves what one saw: so `*`, a
 * weak tag and a list, which match more than one thing, are refused instead of being understood.
 */
const versionMax = 2_147_483_647
const tagForm = /^"([1-9]\d{0,9})"$/

export const etagOf = (version: number): string => `"${version}"`

/** @throws Problem `http/if-match-missing` (428), `http/if-match-malformed` (400). */
export function requireIfMatch(headers: IncomingHttpHeaders): number {
  const tag = headers['if-match']
  if (tag === undefined) {
    throw new Problem('unversioned', 'http/if-match-missing', {
      fr: 'L’en-tête If-Match est requis\u00a0: indiquez la version lue, par exemple If-Match: "3".',
      en: 'The If-Match header is needed: state the version that was read, as in If-Match: "3".',
    })
  }
  const version = Number(tagForm.exec(tag)?.[1] ?? Number.NaN)
  // The database counts versions in 32 bits; a greater one would be its error instead of ours.
  if (!(version <= versionMax)) {
    throw new Problem('invalid', 'http/if-match-malformed', {
      fr: 'L’en-tête If-Match doit contenir une seule version entre guillemets, par exemple "3".',
      en: 'The If-Match header must hold one version in quotation marks, for example "3".',
    })
  }
  return version
}
