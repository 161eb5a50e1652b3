import type { Bilingual } from '#core/language.ts'

/**
 * What the codes in an event mean. The features that write them stand later on the shelf and have
 * their words, so that those are handed in: by noun and field (`expenditure state`), or by the last
 * name of the field alone where that means the same everywhere (`flags`). Places in a list do not
 * count: `expenditure requests.0.state` is `expenditure requests.state`.
 */
export type CodeWords = Readonly<Record<string, Readonly<Record<string, Bilingual>>>>

/** Undefined for what is no code: it stands as it is. */
export function codeWordsOf(
  words: CodeWords,
  { type, field }: { readonly type: string; readonly field: string },
  value: string,
): Bilingual | undefined {
  const [noun = ''] = type.split('.')
  const way = field.split('.').filter((part) => !/^\d+$/.test(part))
  const codes = wordsIn(words, `${noun} ${way.join('.')}`) ?? wordsIn(words, way.at(-1) ?? '')
  return codes === undefined ? undefined : wordsIn(codes, value)
}

const wordsIn = <Words>(words: Readonly<Record<string, Words>>, name: string): Words | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined
