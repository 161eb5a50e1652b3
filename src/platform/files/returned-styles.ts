import { hiddenFormat } from './cell-face.ts'
import { FileFault } from './file-fault.ts'
import { builtinForm, formatForm } from './format-form.ts'
import { returnedLimits } from './returned-limits.ts'
import { spreadsheetNamespaces } from './xlsx-workbook.ts'
import { type Attributes, readXml, type XmlHandler } from './xml-reader.ts'
import type { GuardedZip } from './zip-guard.ts'

/**
 * How each style of a workbook shows what a cell says: the form of its number format, or that it
 * hides it, in letters of the colour that is behind them or too small to see. Colours of a theme
 * are known where they are black or white.
 */
export async function readReturnedStyles(
  zip: GuardedZip,
  name: string,
): Promise<readonly string[]> {
  const handler = new StylesHandler(name)
  await readXml({ name, bytes: zip.read(name), namespaces: spreadsheetNamespaces }, handler)
  return handler.styles.map((style) => handler.formatOf(style))
}

interface Font {
  colour: string
  points: number
}

interface Style {
  readonly attributes: Attributes
  isRepeated: boolean
}

const black = '000000'
const white = 'FFFFFF'
/** Excel stops at 255. */
const codeMax = 1024

class StylesHandler implements XmlHandler {
  readonly styles: Style[] = []
  readonly #forms = new Map<string, string>()
  readonly #fonts: Font[] = []
  readonly #fills: string[] = []
  readonly #part: string

  constructor(part: string) {
    this.#part = part
  }

  open(element: string, attributes: Attributes, path: readonly string[]): void {
    const around = path[1]
    if (around === 'numFmts' && path.length === 2) {
      const { numFmtId = '', formatCode = '' } = attributes
      this.#forms.set(numFmtId, formatForm(formatCode.slice(0, codeMax)))
    } else if (around === 'fonts') {
      this.#openFont(element, attributes, path.length)
    } else if (around === 'fills') {
      this.#openFill(element, attributes, path)
    } else if (around === 'cellXfs' && path.length === 2) {
      this.styles.push({ attributes, isRepeated: false })
    } else if (around === 'cellXfs' && element === 'alignment') {
      const last = this.styles.at(-1)
      if (last !== undefined) {
        last.isRepeated = attributes.horizontal === 'fill'
      }
    }
    const counts = [this.styles, this.#fonts, this.#fills].map(({ length }) => length)
    if (Math.max(...counts, this.#forms.size) > returnedLimits.stylesMax) {
      throw new FileFault('files/too-much-inside', { part: this.#part })
    }
  }

  text(): void {}
  close(): void {}

  formatOf({ attributes, isRepeated }: Style): string {
    const { numFmtId = '0', fontId = '0', fillId = '0' } = attributes
    const { colour, points } = this.#fonts[Number(fontId)] ?? { colour: black, points: sizeUsual }
    const isSeen = points >= sizeMin && isToldFrom(colour, this.#fills[Number(fillId)] ?? white)
    const form = this.#forms.get(numFmtId) ?? builtinForm(numFmtId)
    return isSeen && !isRepeated ? form : hiddenFormat
  }

  #openFont(element: string, attributes: Attributes, depth: number): void {
    if (depth === 2) {
      this.#fonts.push({ colour: black, points: sizeUsual })
    }
    const font = this.#fonts.at(-1)
    if (font !== undefined && element === 'color') {
      font.colour = colourOf(attributes, black)
    } else if (font !== undefined && element === 'sz') {
      font.points = Number(attributes.val)
    }
  }

  #openFill(element: string, attributes: Attributes, path: readonly string[]): void {
    if (path.length === 2) {
      this.#fills.push(white)
    } else if (element === 'patternFill' && attributes.patternType === 'solid') {
      this.#fills[this.#fills.length - 1] = black
    } else if (element === 'fgColor' && this.#fills.at(-1) === black) {
      this.#fills[this.#fills.length - 1] = colourOf(attributes, black)
    }
  }
}

const sizeUsual = 11
/** Below it nobody reads. */
const sizeMin = 5

/** Six hexadecimal digits; the words of a colour that only its theme knows. */
function colourOf({ rgb, theme, indexed, tint }: Attributes, otherwise: string): string {
  if (rgb !== undefined) {
    return rgb.slice(-6).toUpperCase()
  }
  const isTinted = tint !== undefined && Number(tint) !== 0
  if (!isTinted && (theme === '0' || indexed === '1' || indexed === '9' || indexed === '65')) {
    return white
  }
  if (!isTinted && (theme === '1' || indexed === '0' || indexed === '8' || indexed === '64')) {
    return black
  }
  return theme === undefined && indexed === undefined
    ? otherwise
    : `theme ${theme} ${indexed} ${tint}`
}

const contrastMin = 1.5

/** Two colours that an eye tells apart (WCAG 2.2, contrast ratio). */
function isToldFrom(ink: string, paper: string): boolean {
  const [one, other] = [luminance(ink), luminance(paper)]
  return one === null || other === null
    ? ink !== paper
    : (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) >= contrastMin
}

function luminance(colour: string): number | null {
  if (!/^[0-9A-F]{6}$/.test(colour)) {
    return null
  }
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
