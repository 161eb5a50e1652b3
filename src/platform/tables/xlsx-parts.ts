import type { Workbook as File, Style } from 'exceljs'

/**
 * The XML parts of a workbook that exceljs has drawn, taken one by one before it zips them. Its own
 * way out goes through JSZip, which encodes text in pieces of 16 384 units: a character beyond U+FFFF
 * that falls across two pieces is written as two U+FFFD, so a supplier's name changed or not with the
 * length of the whole file. The steps are those of `write` in exceljs 4.4 (pinned, and finished as a
 * project), without images, which we do not draw; its types leave them out.
 */
const steps = [
  'addContentTypes',
  'addOfficeRels',
  'addWorkbookRels',
  'addWorksheets',
  'addSharedStrings',
  'addTables',
  'addThemes',
  'addStyles',
  'addApp',
  'addCore',
  'addWorkbook',
] as const

interface PartSink {
  append(content: string, place: { readonly name: string }): void
}

type PartWriter = {
  prepareModel(model: object, options: object): void
} & Record<(typeof steps)[number], (sink: PartSink, model: object) => unknown>

interface StyledModel {
  readonly styles?: { addStyleModel(style: Partial<Style>): number }
}

export interface DrawnParts {
  /** By name, in the order they were written. */
  readonly parts: Map<string, string>
  readonly styleIds: readonly number[]
}

export async function drawParts(
  file: File,
  looks: readonly Partial<Style>[] = [],
): Promise<DrawnParts> {
  const parts = new Map<string, string>()
  const sink: PartSink = {
    append(content, { name }) {
      if (typeof content !== 'string' || parts.has(name)) {
        throw new Error(`${name}: a part is text, written once`)
      }
      parts.set(name, content)
    },
  }
  const writer = file.xlsx as unknown as PartWriter
  // A getter that builds the model anew each time: the steps pass findings on through this one.
  const model = file.model
  writer.prepareModel(model, {})
  // Made by the line before; what it holds is written by a later step.
  const { styles } = model as StyledModel
  const styleIds = looks.map((look) => styles?.addStyleModel(look) ?? 0)
  for (const step of steps) {
    await writer[step](sink, model)
  }
  return { parts, styleIds }
}
