import { SaxesParser } from 'saxes'
import { FileFault } from './file-fault.ts'
import { readingLimits } from './reading-limits.ts'

export type Attributes = Readonly<Record<string, string>>

/**
 * A part of a workbook as elements and texts, in the order they stand. Names come without the prefix
 * that the root chose for its namespace ('x:row' is 'row'); those of other namespaces keep theirs,
 * so that nobody takes them for ours. Document types are refused: entities come with them. What
 * never ends (an attribute, a comment, a text) is refused before it is all held.
 */
export interface XmlHandler {
  /** @param path the elements around it, the root first */
  open(name: string, attributes: Readonly<Record<string, string>>, path: readonly string[]): void
  text(text: string): void
  close(name: string): void
  /** True when what was read since the last call was worth its bytes. */
  hasProgressed?(): boolean
}

export interface XmlPart {
  /** 'xl/styles.xml'. */
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
  /** What the namespace of the root may be. */
  readonly namespaces: readonly string[]
}

/** @throws FileFault `files/workbook-damaged`, `files/xml-doctype`, `files/too-demanding` */
export async function readXml(part: XmlPart, handler: XmlHandler): Promise<void> {
  for await (const _ of readXmlByPieces(part, handler)) {
    // The handler takes everything.
  }
}

/** The same, and a rest after each piece: who asks for no more keeps the others from being read. */
export async function* readXmlByPieces(
  part: XmlPart,
  handler: XmlHandler,
): AsyncGenerator<void, void> {
  const reader = new Reader(part, handler)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const bytes of part.bytes) {
      reader.write(decoder.decode(bytes, { stream: true }))
      yield
    }
    reader.write(decoder.decode())
    reader.end()
  } catch (error) {
    throw error instanceof FileFault
      ? error
      : new FileFault('files/workbook-damaged', { part: part.name }, error)
  }
}

class Reader {
  readonly #part: XmlPart
  readonly #handler: XmlHandler
  readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  })
  readonly #path: string[] = []
  #namespace = ''
  #prefix = ''
  #sinceToken = 0
  #sinceProgress = 0

  constructor(part: XmlPart, handler: XmlHandler) {
    this.#part = part
    this.#handler = handler
    this.#parser.on('opentag', ({ name, attributes }) => this.#open(name, attributes))
    this.#parser.on('closetag', () => this.#close())
    this.#parser.on('text', (text) => this.#text(text))
    this.#parser.on('cdata', (text) => this.#text(text))
    this.#parser.on('doctype', () => {
      throw new FileFault('files/xml-doctype', { part: part.name })
    })
    this.#parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
      if (!/^(?:utf-?8|us-ascii)$/i.test(encoding)) {
        throw new RangeError(`encoding ${encoding}`)
      }
    })
  }

  write(text: string): void {
    this.#sinceToken += text.length
    this.#sinceProgress += text.length
    this.#parser.write(text)
    if (this.#handler.hasProgressed?.() ?? false) {
      this.#sinceProgress = 0
    }
    const isPadded = this.#sinceProgress > readingLimits.xmlPaddingMax
    if (isPadded || this.#sinceToken > readingLimits.xmlTokenMax) {
      throw new FileFault('files/too-demanding', { part: this.#part.name })
    }
  }

  end(): void {
    this.#parser.close()
  }

  #open(name: string, attributes: Record<string, string>): void {
    this.#sinceToken = 0
    if (this.#path.length === 0) {
      this.#prefix = name.includes(':') ? name.slice(0, name.indexOf(':') + 1) : ''
      this.#namespace = this.#prefix === '' ? 'xmlns' : `xmlns:${this.#prefix.slice(0, -1)}`
      if (!this.#part.namespaces.includes(attributes[this.#namespace] ?? '')) {
        throw new RangeError(`a root of another namespace: ${name}`)
      }
    } else if (this.#namespace in attributes && !this.#path.includes('extLst')) {
      throw new RangeError(`a namespace that changes at ${name}`)
    }
    if (this.#path.length >= readingLimits.xmlDepthMax) {
      throw new RangeError('elements too deep')
    }
    const own = this.#ownName(name)
    this.#handler.open(own, attributes, this.#path)
    this.#path.push(own)
  }

  #close(): void {
    this.#sinceToken = 0
    const name = this.#path.pop() ?? ''
    this.#handler.close(name)
  }

  #text(text: string): void {
    this.#sinceToken = 0
    this.#handler.text(text)
  }

  /** An unprefixed name under a root with a prefix is of no namespace: ':name'. */
  #ownName(name: string): string {
    if (name.startsWith(this.#prefix)) {
      return name.slice(this.#prefix.length)
    }
    return name.includes(':') ? name : `:${name}`
  }
}
