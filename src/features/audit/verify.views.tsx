import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { Search } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { Facts } from '#platform/html/table-fields.tsx'
import { scrollable } from '#platform/html/table-view.tsx'
import { formatCount, say } from '#platform/i18n/format.ts'
import type { Break, CheckResult, Verification } from './check.ts'

const words = {
  title: { fr: 'Vérification', en: 'Verification' },
  all: { fr: 'Tout recalculer', en: 'Recompute everything' },
  what: {
    fr: 'Vigie relit le registre d’un bout à l’autre : la chaîne des événements et ses sceaux, les écritures, les soldes, les documents, les rapports conservés, les gardes de la base et les ancres signées. Rien n’est modifié. Un grand registre demande quelques minutes.',
    en: 'Vigie reads the record from end to end: the chain of events and its seals, entries, balances, documents, kept reports, the guards of the database and the signed anchors. Nothing is changed. A large record takes a few minutes.',
  },
  now: { fr: 'Vérifier maintenant', en: 'Verify now' },
  holds: {
    fr: 'Le registre tient : rien de ce qui est vérifié n’est rompu.',
    en: 'The record holds: nothing that is checked is broken.',
  },
  broken: {
    fr: 'Le registre ne tient pas. Voici d’abord la première rupture ; n’inscrivez plus rien avant de l’avoir expliquée.',
    en: 'The record does not hold. Here is the first break; record nothing more before it is explained.',
  },
  position: { fr: 'Position vérifiée', en: 'Verified position' },
  seal: { fr: 'Sceau', en: 'Seal' },
  unanchored: { fr: 'Pas encore ancré', en: 'Not anchored yet' },
  anchoredAll: { fr: 'Rien : tout est ancré.', en: 'Nothing: all is anchored.' },
  checks: { fr: 'Ce qui est vérifié', en: 'What is checked' },
  claim: { fr: 'Promesse', en: 'Promise' },
  result: { fr: 'Résultat', en: 'Result' },
  kept: { fr: 'tient', en: 'holds' },
  first: { fr: 'Première rupture', en: 'First break' },
  others: { fr: 'Toutes les ruptures', en: 'All breaks' },
  place: { fr: 'Endroit', en: 'Place' },
  expected: { fr: 'Attendu', en: 'Expected' },
  found: { fr: 'Trouvé', en: 'Found' },
  workbook: { fr: 'Un classeur qui revient', en: 'A workbook that comes back' },
  workbookWhat: {
    fr: 'Rapportez un classeur téléchargé d’ici : chaque cellule qui ne dit plus ce que dit le registre est nommée.',
    en: 'Bring back a workbook that was downloaded here: every cell that no longer says what the record says is named.',
  },
  workbookOpen: { fr: 'Vérifier un classeur', en: 'Verify a workbook' },
  outside: { fr: 'Hors de la base', en: 'Outside the database' },
  outsideWhat: {
    fr: 'Les ancres sont des sceaux signés, gardés hors de la base. Le dossier de preuve contient le registre entier et se vérifie sans Vigie.',
    en: 'Anchors are signed seals kept outside the database. The evidence pack holds the whole record and is verified without Vigie.',
  },
  anchors: { fr: 'Ancres', en: 'Anchors' },
  evidence: { fr: 'Dossier de preuve (ZIP)', en: 'Evidence pack (ZIP)' },
} satisfies Record<string, Bilingual>

/** @param found null before anything was verified */
export function verifyPage(found: Verification | null, screen: Screen): Page {
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        {found !== null && <Found found={found} screen={screen} />}
        <section class="card">
          <h2>{say(words.all, language)}</h2>
          <p>{say(words.what, language)}</p>
          <Search screen={screen} action="/verify">
            <input type="hidden" name="run" value="now" />
            <button type="submit">{say(words.now, language)}</button>
          </Search>
        </section>
        <section>
          <h2>{say(words.workbook, language)}</h2>
          <p>
            {say(words.workbookWhat, language)}{' '}
            <a href={pathIn(language, '/verify/workbook')}>{say(words.workbookOpen, language)}</a>
          </p>
        </section>
        <section>
          <h2>{say(words.outside, language)}</h2>
          <p>{say(words.outsideWhat, language)}</p>
          <p class="ways">
            <a href={pathIn(language, '/anchors')}>{say(words.anchors, language)}</a>
            <a href={pathIn(language, '/evidence.zip')}>{say(words.evidence, language)}</a>
          </p>
        </section>
      </>
    ),
  }
}

function Found({ found, screen }: { found: Verification; screen: Screen }): VNode {
  const { language } = screen
  const { isIntact, checks, position, seal } = found
  const breaks = checks.flatMap((check) => check.breaks)
  const [first] = breaks
  return (
    <section>
      <p class={isIntact ? 'notice' : 'errors'} role={isIntact ? 'status' : 'alert'}>
        {say(isIntact ? words.holds : words.broken, language)}
      </p>
      {first !== undefined && <Breaks title={words.first} breaks={[first]} screen={screen} />}
      <Facts
        language={language}
        facts={[
          [
            words.position,
            position === 0 ? (
              '0'
            ) : (
              <a href={pathIn(language, `/events/${position}`)}>
                {formatCount(position, language)}
              </a>
            ),
          ],
          [words.seal, <code>{seal}</code>],
          [words.unanchored, say(unanchoredWords(found), language)],
        ]}
      />
      <Checks checks={checks} screen={screen} />
      {breaks.length > 1 && <Breaks title={words.others} breaks={breaks} screen={screen} />}
    </section>
  )
}

function unanchoredWords({ unanchored }: Verification): Bilingual {
  if (unanchored === null) {
    return words.anchoredAll
  }
  const { from, to } = unanchored
  return from === to
    ? { fr: `L’événement ${from}`, en: `Event ${from}` }
    : { fr: `Les événements ${from} à ${to}`, en: `Events ${from} to ${to}` }
}

function Checks({
  checks,
  screen: { language },
}: {
  checks: readonly CheckResult[]
  screen: Screen
}): VNode {
  return (
    <section class="scroll" aria-label={say(words.checks, language)} {...scrollable}>
      <table>
        <caption>{say(words.checks, language)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.claim, language)}</th>
            <th scope="col">{say(words.result, language)}</th>
          </tr>
        </thead>
        <tbody>
          {checks.map(({ code, claim, breaks }) => (
            <tr key={code}>
              <th scope="row">{say(claim, language)}</th>
              <td>{say(resultWords(breaks.length), language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const resultWords = (breaks: number): Bilingual =>
  breaks === 0
    ? { fr: `✓ ${words.kept.fr}`, en: `✓ ${words.kept.en}` }
    : {
        fr: `✗ ${breaks} ${breaks === 1 ? 'rupture' : 'ruptures'}`,
        en: `✗ ${breaks} ${breaks === 1 ? 'break' : 'breaks'}`,
      }

interface BreaksProps {
  readonly title: Bilingual
  readonly breaks: readonly Break[]
  readonly screen: Screen
}

/** A place is named in the terms of the record, the same in every language. */
function Breaks({ title, breaks, screen: { language } }: BreaksProps): VNode {
  return (
    <section class="scroll" aria-label={say(title, language)} {...scrollable}>
      <table>
        <caption>{say(title, language)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.place, language)}</th>
            <th scope="col">{say(words.expected, language)}</th>
            <th scope="col">{say(words.found, language)}</th>
          </tr>
        </thead>
        <tbody>
          {breaks.map(({ place, expected, found }, at) => (
            <tr key={at}>
              <th scope="row">
                <code>{place}</code>
              </th>
              <td>
                <code>{expected}</code>
              </td>
              <td>
                <code>{found}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
