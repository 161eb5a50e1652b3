/**
 * Whether a browser says that a request comes from our own pages. `Origin` is compared with the
 * host that was asked, not its scheme: TLS may end before us. `Sec-Fetch-Site` is set by the browser
 * and no script can forge it. When both are said both must fit; a program says neither.
 * Source: Fetch standard, "Origin" header; Fetch Metadata, section 2.
 */
interface OriginHeaders {
  readonly origin?: string | undefined
  readonly host?: string | undefined
  readonly 'sec-fetch-site'?: string | string[] | undefined
}

export function originSaid(headers: OriginHeaders): 'own' | 'foreign' | 'unsaid' {
  const { origin, host = '', 'sec-fetch-site': site } = headers
  if (origin === undefined && site === undefined) {
    return 'unsaid'
  }
  const isForeign =
    (origin !== undefined && !isOfHost(origin, host)) ||
    (site !== undefined && site !== 'same-origin')
  return isForeign ? 'foreign' : 'own'
}

/** `null`, what a page without an origin sends, is of no host. */
function isOfHost(origin: string, host: string): boolean {
  const theirs = URL.parse(origin)
  const ours = theirs === null ? null : URL.parse(`${theirs.protocol}//${host}`)
  return theirs !== null && ours !== null && theirs.host !== '' && theirs.host === ours.host
}

/**
 * Whether the browser keeps a Secure cookie of this origin: over TLS, which may end before us, and
 * from the machine itself (Secure Contexts, section 3.1).
 */
export function keepsSession({ origin = '' }: OriginHeaders): boolean {
  const { protocol = '', hostname = '' } = URL.parse(origin) ?? {}
  return (
    protocol === 'https:' ||
    /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
  )
}
