import { Problem } from '#core/problem.ts'
import { version } from '#core/version.ts'
import { type AskedWorkbook, readCommand, readMadeWith } from './report-command.ts'

/**
 * Where a workbook that came back says that it comes from: the command that made it, on its face and
 * among its properties, the version, and seals. None of it is believed: it says what to draw again,
 * and what is drawn is compared with the file, this face included.
 */
export interface ToldOrigin {
  readonly versions: ReadonlySet<string>
  /** What was asked for; the face before the properties, which one may have changed and forgotten. */
  readonly asked: readonly AskedWorkbook[]
  /** Every text that could be the seal of a position. */
  readonly seals: readonly string[]
}

/** @param face the texts at the head of its sheets. @param property what its properties say */
export function originTold(face: readonly string[], property: string): ToldOrigin {
  const made = [...face, property].map(readMadeWith).filter((said) => said !== null)
  const faceVersions = face.map((text) => /^Vigie (\d+\.\d+\.\d+)$/.exec(text)?.[1])
  const commands = [...face, ...made.map(({ command }) => command)]
  const asked = new Map<string, AskedWorkbook>()
  for (const command of commands) {
    const read = readCommand(command)
    if (read !== null && asked.size < askedMax) {
      asked.set(command, read)
    }
  }
  return {
    versions: new Set([
      ...made.map((said) => said.version),
      ...faceVersions.filter((found) => found !== undefined),
    ]),
    asked: [...asked.values()],
    seals: [...new Set(face.flatMap((text) => text.match(/\b[0-9a-f]{64}\b/g) ?? []))],
  }
}

/**
 * Links lead to pages of the site that the file was made for. It is taken from the file only where
 * it is ours or the reader's own machine, so that a file whose links were turned elsewhere, its
 * command too, still differs from what is drawn.
 */
export function withSite({ request, ...asked }: AskedWorkbook, own: string | null): AskedWorkbook {
  const { site: told, ...others } = request
  const isTrusted =
    told === own || /^https?:\/\/(?:localhost|127(?:\.\d+){3})(?::\d+)?$/.test(told ?? '')
  const site = told === undefined ? null : isTrusted ? told : own
  return { ...asked, request: { ...others, site } }
}

/** Each is drawn: a workbook has one, and a second where somebody changed one of its two places. */
const askedMax = 3

/** @throws Problem `exports/workbook-not-ours`, `exports/workbook-other-version` */
export function requireOurs({ versions, asked }: ToldOrigin): void {
  if (versions.size > 0 && !versions.has(version)) {
    const found = [...versions].join(', ')
    throw new Problem('refused', 'exports/workbook-other-version', {
      fr: `Ce classeur a été fait avec Vigie ${found}, et ceci est Vigie ${version}\u00a0: les deux ne dessinent pas de la même façon. Vérifiez-le avec cette version, ou refaites-le avec sa commande et comparez les deux.`,
      en: `This workbook was made with Vigie ${found}, and this is Vigie ${version}: the two do not draw alike. Verify it with that version, or make it again with its command and compare the two.`,
    })
  }
  if (asked.length === 0) {
    throw new Problem('refused', 'exports/workbook-not-ours', {
      fr: 'Ce classeur ne dit nulle part la commande qui l’a fait, comme le dit tout classeur d’un rapport de Vigie\u00a0: il vient d’ailleurs, ou cette ligne y a été changée.',
      en: 'This workbook says nowhere the command that made it, as every workbook of a report of Vigie does: it comes from elsewhere, or that line was changed in it.',
    })
  }
}

/**
 * The position that the file stands on. A seal of the record speaks before a number that anybody can
 * type: seals that are said together with their position first, then a seal alone, then a number.
 * @param sealed positions of the seals that the record has
 * @throws Problem `exports/workbook-of-another-record`
 */
export function positionTold(
  { asked }: ToldOrigin,
  sealed: readonly number[],
  last: number,
): number {
  const numbers = asked.flatMap(({ request }) => request.asOf?.position ?? [])
  const opening = asked.flatMap(({ request }) => request.since?.position ?? [])
  const position = [
    ...numbers.filter((number) => sealed.includes(number)),
    ...sealed.filter((number) => !opening.includes(number)),
    ...numbers.filter((number) => number <= last),
  ][0]
  if (position === undefined) {
    throw new Problem('refused', 'exports/workbook-of-another-record', {
      fr: `Ce classeur ne se tient sur aucune position de ce registre, qui s’arrête à la ${last}\u00a0: son sceau y est inconnu. Il vient d’un autre registre, ou d’après la copie qui a été restaurée.`,
      en: `This workbook stands on no position of this record, which ends at ${last}: its seal is unknown here. It comes from another record, or from after the backup that was restored.`,
    })
  }
  return position
}

/**
 * A tie-out is drawn as it stands: what has changed since cannot be told from what was changed in
 * the file. @throws Problem `exports/workbook-moved-on`
 */
export function requireUnmoved(position: number, changedAt: number): void {
  if (changedAt > position) {
    throw new Problem('refused', 'exports/workbook-moved-on', {
      fr: `Ce rapprochement se tient à la position ${position}, et l’appariement a changé depuis, à la position ${changedAt}. Un rapprochement ne se dessine que tel qu’il est\u00a0: refaites-le et comparez les deux.`,
      en: `This tie-out stands at position ${position}, and the matching has changed since, at position ${changedAt}. A tie-out is drawn only as it stands: make it again and compare the two.`,
    })
  }
}
