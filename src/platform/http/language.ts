import { type Language, languages } from '#core/language.ts'

/**
 * The language of a request's sentences, from Accept-Language (RFC 9110, section 12.5.4). French is
 * the service's own and is given unless English is asked for more. The surprising parts: `q=0`
 * refuses a language, `*` stands for those not named, and 'de, en;q=0.2' is English, French not
 * being in it. 'en-CA,en;q=0.9,fr;q=0.8' is English; '*' is French; 'fr;q=0.5,en;q=0.5' is French,
 * named first.
 */
interface Range {
  readonly tag: string
  readonly weight: number
}

const weightForm = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i

export function languageOf(header: string | undefined): Language {
  const ranges = (header ?? '').split(',').flatMap(readRange)
  const ranked = languages
    .map((language) => ({ language, ...rankOf(language, ranges) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.place - b.place)
  return ranked[0]?.language ?? (isRefused('fr', ranges) && !isRefused('en', ranges) ? 'en' : 'fr')
}

/** A range with a malformed weight is left out rather than taken at full weight. */
function readRange(text: string): Range[] {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  if (tag === '' || parameters.length > 1) {
    return []
  }
  const [parameter = 'q=1'] = parameters
  const weight = weightForm.exec(parameter.replaceAll(' ', ''))?.[1]
  return weight === undefined ? [] : [{ tag, weight: Number(weight) }]
}

function rankOf(language: Language, ranges: readonly Range[]): { weight: number; place: number } {
  const named = ranges.filter(({ tag }) => isNamed(language, tag))
  const meant = named.length > 0 ? named : ranges.filter(({ tag }) => tag === '*')
  const weight = meant.reduce((most, range) => Math.max(most, range.weight), 0)
  return { weight, place: ranges.findIndex((range) => meant.includes(range)) }
}

const isNamed = (language: Language, tag: string): boolean =>
  tag === language || tag.startsWith(`${language}-`)

const isRefused = (language: Language, ranges: readonly Range[]): boolean =>
  ranges.some(({ tag, weight }) => isNamed(language, tag) && weight === 0)
