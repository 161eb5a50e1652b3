import type { Bilingual, Language } from '#core/language.ts'
import { Problem } from '#core/problem.ts'

/**
 * A workbook that is made in the background: asked for at one position of the record, drawn from
 * its command alone, kept for a week and then gone. Begun again after an interruption it starts from
 * the same command, so it ends with the same bytes. What is decided here is what may be done when.
 * Example: asked at position 1204 it is `waiting`, then `running` with 30 000 of 200 000 lines, then
 * `ready` until 7 December, then `expired`.
 */
export const exportStates = [
  'waiting',
  'running',
  'ready',
  'failed',
  'cancelled',
  'expired',
] as const
export type ExportState = (typeof exportStates)[number]

export const exportStateNames: Readonly<Record<ExportState, Bilingual>> = {
  waiting: { fr: 'en attente', en: 'waiting' },
  running: { fr: 'en cours', en: 'under way' },
  ready: { fr: 'prête', en: 'ready' },
  failed: { fr: 'échouée', en: 'failed' },
  cancelled: { fr: 'annulée', en: 'cancelled' },
  expired: { fr: 'expirée', en: 'expired' },
}

export interface QueuedExport {
  readonly id: string
  /** In the order in which all were asked. */
  readonly place: string
  readonly state: ExportState
  /** Of what its asker decided; progress does not change it. */
  readonly version: number
  readonly askedBy: string
  readonly askedAt: string
  readonly report: string
  readonly language: Language
  /** `vigie report …`, at one position. */
  readonly command: string
  readonly position: number
  readonly rowsDone: number
  /** Null until the lines are counted, and for a workbook that is written at once. */
  readonly rowsTotal: number | null
  /** A code of docs/errors.md. */
  readonly failure: string | null
  readonly bytes: number | null
  readonly sha256: string | null
  readonly expiresAt: string | null
}

export const exportQueue = 'export'

export const exportLimits = {
  /** Of one person, waiting or running. */
  pendingMax: 5,
  /** Interruptions count too: a file that brings down its process is given up. */
  attemptsMax: 10,
  keptDays: 7,
  partBytes: 1024 * 1024,
} as const

const pendingStates: readonly ExportState[] = ['waiting', 'running']

export const isPending = ({ state }: Pick<QueuedExport, 'state'>): boolean =>
  pendingStates.includes(state)

/** @throws Problem `exports/too-many` */
export function assertRoom(pending: number): void {
  if (pending >= exportLimits.pendingMax) {
    throw new Problem('too-many', 'exports/too-many', {
      fr: `Vous avez déjà ${pending} exportations en attente ou en cours : attendez-en une, ou annulez-la.`,
      en: `You already have ${pending} exports waiting or under way: wait for one, or cancel it.`,
    })
  }
}

/** @throws Problem `exports/settled` */
export function assertPending(found: Pick<QueuedExport, 'state'>): void {
  if (!isPending(found)) {
    throw new Problem('conflict', 'exports/settled', {
      fr: 'Cette exportation est déjà terminée : il n’y a plus rien à annuler.',
      en: 'This export has ended already: there is nothing left to cancel.',
    })
  }
}

/** @throws Problem `exports/not-ready`, `exports/expired` */
export function assertReady({ state }: Pick<QueuedExport, 'state'>): void {
  if (state === 'expired') {
    throw expired()
  }
  if (state !== 'ready') {
    throw new Problem('conflict', 'exports/not-ready', {
      fr: 'Cette exportation n’a pas de fichier : elle n’est pas terminée, ou ne le sera pas.',
      en: 'This export has no file: it has not ended, or never will.',
    })
  }
}

const expired = (): Problem =>
  new Problem('not-found', 'exports/expired', {
    fr: 'Ce fichier n’est plus conservé : demandez l’exportation de nouveau.',
    en: 'This file is no longer kept: ask for the export again.',
  })

export const exportUnknown = (): Problem =>
  new Problem('not-found', 'exports/unknown', {
    fr: 'Vous n’avez pas d’exportation sous cet identifiant.',
    en: 'You have no export under this id.',
  })

/** @throws Problem `exports/stale` */
export function requireExportVersion(found: Pick<QueuedExport, 'version'>, version: number): void {
  if (found.version !== version) {
    throw new Problem('stale', 'exports/stale', {
      fr: 'Cette exportation a changé depuis que vous l’avez lue. Relisez-la.',
      en: 'This export has changed since you read it. Read it again.',
    })
  }
}
