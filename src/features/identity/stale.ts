import { Problem } from '#core/problem.ts'

/** A person or a token is changed as it was seen, or not at all. @throws Problem `identity/stale` */
export function requireVersion(current: number, seen: number): void {
  if (current !== seen) {
    throw new Problem('stale', 'identity/stale', {
      fr: `La version ${seen} a été lue; c’est maintenant la version ${current}. Relisez avant de changer.`,
      en: `Version ${seen} was read; it is now version ${current}. Read again before changing.`,
    })
  }
}
