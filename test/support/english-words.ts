import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { type Element, elementsOf, textsOf } from './html.ts'
import { filesUnder, root as projectRoot } from './source-tree.ts'

/**
 * English on a French page: a text that the source says in English and not in French, or words that
 * only English has. What is only there in English (a title of the federal plan, what somebody
 * typed) says so by its `lang`, for those who hear the page read.
 */
const said = new Map<string, 'fr' | 'en' | 'both'>()

for (const path of filesUnder('src')) {
  collect(parseSync(path, readFileSync(join(projectRoot, path), 'utf8')).program)
}

function collect(value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach(collect)
  } else if (typeof value === 'object' && value !== null) {
    const { type, key, value: inner } = value as Record<string, unknown>
    const name = Object(key).name
    if (type === 'Property' && (name === 'fr' || name === 'en')) {
      const text = Object(inner).value
      if (typeof text === 'string') note(text, name)
    }
    Object.values(value).forEach(collect)
  }
}

function note(text: string, language: 'fr' | 'en'): void {
  const before = said.get(text)
  said.set(text, before === undefined || before === language ? language : 'both')
}

const isEnglishOnly = (text: string): boolean => said.get(text) === 'en' && /\p{L}{2}/u.test(text)

/** Words that no French sentence has, and hardly any English one is without. */
const onlyEnglish =
  /(?<![\p{L}’'-])(?:the|of|and|is|are|was|were|with|without|this|that|your|you|from|has|have|been|which|who|there|their|its|only|each|when|where|what|by|for|not)(?![\p{L}’'-])/iu

/** What people typed is theirs, in whatever language. */
const isLeftOut = ({ name, attributes }: Element): boolean =>
  attributes.lang?.startsWith('en') === true ||
  ['script', 'code', 'style'].includes(name) ||
  attributes.translate === 'no'

export function englishOn(root: Element): readonly string[] {
  const shown = elementsOf(root, () => true).filter((element) => !isLeftOut(element))
  const named = shown.flatMap(({ attributes }) =>
    ['aria-label', 'title', 'placeholder', 'alt'].flatMap((name) => attributes[name] ?? []),
  )
  return [...textsOf(root, isLeftOut), ...named]
    .map((text) => text.trim())
    .filter((text) => isEnglishOnly(text) || onlyEnglish.test(text))
}
