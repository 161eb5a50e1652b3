import { Problem } from '#core/problem.ts'
import { type Anchor, anchorText, isTorn, parseAnchor } from './anchor.ts'
import type { SignatureCheck } from './anchor-walk.ts'

/**
 * Why nothing may be written: what is outside the database (key, anchors) cannot be relied on, or
 * the database is not the one it speaks of. Reading and verifying go on; each sentence says what to
 * do. A refusal is found at the start, by each command, and every few seconds while the service runs.
 */
export interface FileEnd {
  readonly lastLine: string | null
  readonly rest: string
}

/** The last anchor of a file, null while there is none, or why it cannot be relied on. */
export function judgeEnd(
  end: FileEnd | null,
  publicKey: string | null,
  isSigned: SignatureCheck,
): Anchor | Problem | null {
  if (end === null || (end.lastLine === null && end.rest === '')) {
    return null
  }
  const last = end.lastLine === null ? null : parseAnchor(end.lastLine)
  if (!isTorn(end.rest) || (end.lastLine !== null && last === null)) {
    return anchorsDamaged()
  }
  if (last === null) {
    return null
  }
  if (!isSigned(last.key, anchorText(last), last.signature)) {
    return badSignature(last)
  }
  return publicKey !== (last.introduces ?? last.key) ? otherKey() : last
}

/** @param found the hash that the database has at the last anchor's position */
export const judgeStanding = (last: Anchor | null, found: string | null): Problem | null =>
  last === null || found === last.hash ? null : recordBehind(last, found)

const recordBehind = ({ sequence, at }: Anchor, found: string | null): Problem =>
  new Problem('unavailable', 'audit/record-behind-anchors', {
    fr: `Le registre n’est pas celui que dit la dernière ancre : à la position ${sequence}, signée le ${at}, ${found === null ? 'il n’a aucun événement' : 'il a un autre sceau'}. Rien n’est écrit tant qu’on n’a pas remis la bonne base, ou accepté celle-ci après une restauration : vigie verify, puis vigie anchors accept --reason.`,
    en: `The record is not the one that the last anchor speaks of: at position ${sequence}, signed ${at}, ${found === null ? 'it has no event' : 'it has another seal'}. Nothing is written until the right database is back, or this one is accepted after a restore: vigie verify, then vigie anchors accept --reason.`,
  })

const badSignature = ({ sequence }: Anchor): Problem =>
  new Problem('unavailable', 'audit/anchor-signature', {
    fr: `La dernière ancre (position ${sequence}) porte une mauvaise signature : le fichier d’ancres a été modifié. Remettez une copie sûre; rien n’est écrit d’ici là.`,
    en: `The last anchor (position ${sequence}) has a bad signature: the file of anchors was changed. Put a safe copy back; nothing is written until then.`,
  })

const otherKey = (): Problem =>
  new Problem('unavailable', 'audit/other-key', {
    fr: 'La clé de signature n’est pas celle qui a signé la dernière ancre. Remettez la bonne clé (SIGNING_KEY_FILE), ou la bonne copie des ancres (ANCHOR_FILE); rien n’est écrit d’ici là.',
    en: 'The signing key is not the one that signed the last anchor. Put the right key back (SIGNING_KEY_FILE), or the right copy of the anchors (ANCHOR_FILE); nothing is written until then.',
  })

const anchorsDamaged = (): Problem =>
  new Problem('unavailable', 'audit/anchors-damaged', {
    fr: 'Le fichier d’ancres se termine par une ligne qui n’est pas une ancre. Remettez une copie sûre; rien n’est écrit d’ici là.',
    en: 'The file of anchors ends with a line that is no anchor. Put a safe copy back; nothing is written until then.',
  })

export const anchorsUnreadable = (path: string, cause: unknown): Problem =>
  new Problem(
    'unavailable',
    'audit/anchors-unreadable',
    {
      fr: `Le fichier d’ancres ${path} manque ou ne peut être lu ou écrit. S’il est nommé par ANCHOR_FILE, il doit exister, même vide (touch); rien n’est écrit d’ici là.`,
      en: `The file of anchors ${path} is missing or cannot be read or written. One that ANCHOR_FILE names must exist, if only empty (touch); nothing is written until then.`,
    },
    { cause },
  )

export const keyUnusable = (path: string): Problem =>
  new Problem('unavailable', 'audit/key-unusable', {
    fr: `La clé de signature ${path} manque, n’est pas une clé Ed25519, ne peut être lue, ou est ouverte à d’autres (chmod 600). Une nouvelle : openssl genpkey -algorithm ed25519 -out ${path}. Rien n’est écrit d’ici là.`,
    en: `The signing key ${path} is missing, is no Ed25519 key, cannot be read, or is open to others (chmod 600). A new one: openssl genpkey -algorithm ed25519 -out ${path}. Nothing is written until then.`,
  })

export const guardsMissing = (places: readonly string[]): Problem =>
  new Problem('unavailable', 'audit/guards-missing', {
    fr: `La base n’est plus gardée comme elle doit l’être (${places.join(', ')}). Rien n’est écrit : voyez vigie verify et « When it finds a break » dans docs/operations.md.`,
    en: `The database is no longer guarded as it must be (${places.join(', ')}). Nothing is written: see vigie verify and “When it finds a break” in docs/operations.md.`,
  })

export const anchorsHeld = (): Problem =>
  new Problem('conflict', 'audit/anchors-held', {
    fr: 'Un autre processus tient les ancres en ce moment. Arrêtez le service, ou recommencez dans un instant.',
    en: 'Another process holds the anchors at the moment. Stop the service, or try again shortly.',
  })

export const nothingToAccept = (): Problem =>
  new Problem('conflict', 'audit/nothing-to-accept', {
    fr: 'Le registre contient sa dernière ancre : il n’y a rien à accepter.',
    en: 'The record contains its last anchor: there is nothing to accept.',
  })

export const nothingToRotate = (): Problem =>
  new Problem('conflict', 'audit/no-anchor-yet', {
    fr: 'Aucune ancre n’est encore signée : il n’y a pas de clé à remplacer.',
    en: 'No anchor is signed yet: there is no key to replace.',
  })
