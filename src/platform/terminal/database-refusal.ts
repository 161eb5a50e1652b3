import type { Bilingual } from '#core/language.ts'
import { Problem } from '#core/problem.ts'

/**
 * A PostgreSQL that answers and will not have us, told to whoever wrote DATABASE_URL. The server's
 * own words are kept: they name the user or the database, never the password.
 */
const advice: Readonly<Record<string, Bilingual>> = {
  28000: {
    fr: 'vérifiez l’utilisateur que nomme DATABASE_URL',
    en: 'check the user that DATABASE_URL names',
  },
  '28P01': {
    fr: 'vérifiez l’utilisateur et le mot de passe que donne DATABASE_URL',
    en: 'check the user and the password that DATABASE_URL gives',
  },
  '3D000': {
    fr: 'créez la base de données que nomme DATABASE_URL, ou nommez-en une autre',
    en: 'create the database that DATABASE_URL names, or name another one',
  },
  42501: {
    fr: 'l’utilisateur que nomme DATABASE_URL doit posséder la base de données',
    en: 'the user that DATABASE_URL names must own the database',
  },
}

/** Null for anything else. */
export function databaseRefusal(error: unknown): Problem | null {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown }
  const said = typeof code === 'string' ? advice[code] : undefined
  return said === undefined
    ? null
    : new Problem(
        'invalid',
        'database/refused',
        {
          fr: `La base de données refuse Vigie (${message}) : ${said.fr}.`,
          en: `The database refuses Vigie (${message}): ${said.en}.`,
        },
        { cause: error },
      )
}
