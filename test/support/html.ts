import { unescaped } from './pages.ts'

/** A page as our own renderer writes it: every element is closed, every attribute in quotation marks. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Element | string)[]
}

interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: (Element | string)[]
}

const voids = new Set(['meta', 'link', 'input', 'br', 'img', 'hr', 'col', 'source', 'wbr'])
const token = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*)\s*(\/?)>|<![^>]*>|[^<]+/g

/** @throws Error when the page is not well formed */
export function parseHtml(html: string): Element {
  const root: Open = { name: '#document', attributes: {}, children: [] }
  const open: Open[] = [root]
  let at = 0
  for (const match of html.matchAll(token)) {
    const [text, closing, name, attributes = '', selfClosing] = match
    if (match.index !== at) {
      throw new Error(`no markup at ${at}: ${html.slice(at, at + 80)}`)
    }
    at += text.length
    const inside = open.at(-1) ?? root
    if (name === undefined) {
      if (!text.startsWith('<!')) inside.children.push(unescaped(text))
    } else if (closing === '/') {
      if (inside.name !== name) throw new Error(`</${name}> closes <${inside.name}> at ${at}`)
      open.pop()
    } else {
      const element: Open = { name, attributes: attributesOf(attributes), children: [] }
      inside.children.push(element)
      if (selfClosing !== '/' && !voids.has(name)) open.push(element)
    }
  }
  if (open.length > 1 || at !== html.length) {
    throw new Error(`the page ends inside <${open.at(-1)?.name}>`)
  }
  return root
}

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([a-zA-Z:-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name,
      unescaped(value),
    ]),
  )

export function elementsOf(
  element: Element,
  isMeant: (element: Element) => boolean,
): readonly Element[] {
  const inner = element.children.flatMap((child) =>
    typeof child === 'string' ? [] : elementsOf(child, isMeant),
  )
  return isMeant(element) ? [element, ...inner] : inner
}

/** Every text, leaving out the elements that are not meant. */
export function textsOf(
  element: Element,
  isLeftOut: (element: Element) => boolean = () => false,
): readonly string[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [child] : isLeftOut(child) ? [] : textsOf(child, isLeftOut),
  )
}
