import type { FastifyHelmetOptions } from '@fastify/helmet'

/**
 * What every answer carries. The API answers data, so its policy lets a browser that opens an
 * answer as a page run and load nothing. Figures are never kept by a browser or a proxy: `no-store`
 * everywhere, errors and downloads too. `answerHeaders` is for the answers that hooks do not reach:
 * an address that cannot be read, a request that is not HTTP.
 */
const strictPolicy = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
}

export const helmetOptions: FastifyHelmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: strictPolicy },
  frameguard: { action: 'deny' },
}

/**
 * For the pages that describe the API: their own scripts and styles, and nothing from elsewhere.
 */
export const docsPolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

/**
 * For the pages: everything from here, nothing inline. A form says where it comes from only under
 * a referrer policy that lets the browser send its Origin to us.
 */
const pagePolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
}

const textOf = (policy: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join(';')

export const answerHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': textOf(strictPolicy),
  'x-content-type-options': 'nosniff',
} as const

export const pageHeaders = {
  ...answerHeaders,
  'content-security-policy': textOf(pagePolicy),
  'referrer-policy': 'same-origin',
} as const
