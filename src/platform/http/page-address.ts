import { type Language, languages } from '#core/language.ts'

/**
 * Addresses of pages: `/fr/reconciliation?by=axis` is a language and an address that is the same in
 * both. Where somebody wants to go after signing in comes from outside and must be one of ours:
 * `//elsewhere.example` and `/fr/../..` are not.
 */
const pageForm = /^\/(fr|en)(?=[/?]|$)/

/** Null for what is no page: the API, its documentation, files of the pages. */
export function languageOfPath(url: string): Language | null {
  const found = pageForm.exec(url)?.[1]
  return languages.find((language) => language === found) ?? null
}

/** Path and query without the language; `/` for the home page. */
export function addressOf(url: string): string {
  const rest = url.replace(pageForm, '')
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** As a browser resolves it, or null when that is no page of ours. */
export function ownPage(text: string): string | null {
  const host = 'http://vigie.invalid'
  const url = text.startsWith('/') && text.length <= 2000 ? URL.parse(text, host) : null
  if (url === null || url.origin !== host) {
    return null
  }
  const path = `${url.pathname}${url.search}`
  return languageOfPath(path) === null ? null : path
}

/** The question of an address as it says it: what the fields of a search show again. */
export const askedIn = (url: string): Record<string, string> =>
  Object.fromEntries(
    [...new URLSearchParams(url.split('?')[1])].filter(([, value]) => value !== ''),
  )
