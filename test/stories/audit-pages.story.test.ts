import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anchorNow } from '#features/audit/anchors.actions.ts'
import { eventWords } from '#features/audit/event-words.ts'
import { readParts } from '#test/platform/tables/read-parts.ts'
import { anchorFilesOfTest } from '#test/support/anchor-files.ts'
import { type Person, testApp } from '#test/support/app.ts'
import { type BusyApp, busyApp, markup } from '#test/support/busy-app.ts'
import { post } from '#test/support/drafts.ts'
import { type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** What an auditor reads of the record in a browser. */
let busy: BusyApp
let auditor: Visitor
const files = anchorFilesOfTest()

beforeAll(async () => {
  busy = await busyApp()
  auditor = visitor(busy.app, busy.cookies.auditor)
  const { auditor: person } = busy.people
  for (const text of ['un', 'deux', 'trois']) {
    await person.send('POST', '/observations', { body: { subject: 'entry/1', text } })
  }
}, 120_000)
afterAll(() => busy.app.close())

const plain = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')

async function positionsOf(query: string): Promise<readonly number[]> {
  const { html } = await auditor.get(`/fr/events${query}`)
  return [...html.matchAll(/<th scope="row"><a href="\/fr\/events\/(\d+)"/g)].map(([, position]) =>
    Number(position),
  )
}

describe('the audit trail', () => {
  test('shows the newest first, fifty at a time, and the oldest first when asked', async () => {
    const [first, ...others] = await positionsOf('')
    expect(others).toHaveLength(49)
    expect(others).toEqual(others.toSorted((a, b) => b - a))
    expect(await positionsOf(`?after=${others.at(-1)}`)).toContain((others.at(-1) ?? 0) - 1)
    expect((await positionsOf('?order=oldest'))[0]).toBe(1)
    expect(first).toBeGreaterThan(50)
  })

  test('is searched by action, actor, subject, day and words', async () => {
    const { email } = busy.people.approver
    const found = await auditor.get(`/fr/events?type=expenditure.*&actor=${email}`)
    expect(plain(found)).toContain('Dépense : comptabilisation')
    expect(plain(found)).not.toContain('Dépense : saisie')
    const subject = /\/fr\/events\?subject=(expenditure%2F[^"&]+)/.exec(found.html)?.[1] ?? ''
    expect((await positionsOf(`?subject=${subject}`)).length).toBeGreaterThan(1)
    expect(await positionsOf('?from=2026-01-01&to=2199-12-31')).not.toEqual([])
    expect(await positionsOf('?to=1999-12-31')).toEqual([])
    expect(plain(await auditor.get('/fr/events?to=1999-12-31'))).toContain('Aucun événement')
    expect((await positionsOf('?text=juillet.csv')).length).toBeGreaterThan(0)
  })

  test('says beside the field what cannot be searched, and keeps what was typed', async () => {
    const refused = await auditor.get('/fr/events?from=hier&text=abc')
    expect(refused.status).toBe(400)
    expect(plain(refused)).toContain('Du : La date doit s’écrire AAAA-MM-JJ')
    expect(refused.html).toContain('value="abc"')
  })

  test('has a file with the same events, as they were searched', async () => {
    const [newest] = await positionsOf('?type=observation.written')
    const csv = await auditor.get('/fr/events.csv?type=observation.written&dialect=open')
    expect(csv.html.trimEnd().split('\n')).toHaveLength(5)
    expect(csv.html).toContain(`\n${newest},`)
    const book = await auditor.get('/fr/events.xlsx?type=observation.written')
    expect([book.status, book.headers['content-type']]).toEqual([
      200,
      expect.stringContaining('spreadsheetml'),
    ])
  })

  test('has words for every action that is recorded', async () => {
    const { rows } = await busy.app.database.owner.query('select distinct type from event')
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.map(({ type }) => type).filter((type) => eventWords(type) === undefined)).toEqual(
      [],
    )
  })
})

describe('an event', () => {
  test('says who, when, on what and why, and each field before and after', async () => {
    const { email } = busy.people.officer
    const [position] = await positionsOf(`?type=expenditure.submitted&actor=${email}`)
    const event = await auditor.get(`/fr/events/${position}`)
    const text = plain(event)
    expect(text).toContain(`Événement ${position}`)
    expect(text).toContain(`Qui ${email}`)
    expect(text).toContain('Dépense : soumission')
    expect(text).toContain('État brouillon soumise')
    expect(text).toContain('Ce qui ne change pas')
    const path = /href="(\/fr\/expenditures\/[^"]+)"/.exec(event.html)?.[1] ?? ''
    expect((await auditor.get(path)).status).toBe(200)
  })

  test('of something that was deleted does not lead to it', async () => {
    const { officer } = busy.people
    const body = { serviceDate: '2025-06-01', measure: 'QC-8', amount: '1.00', organization: 'MSP' }
    const draft = { ...body, supplier: 'S', description: 'D', documentNumber: 'del-1' }
    const { body: made } = await officer.send('POST', '/expenditures', { body: draft })
    await officer.send('DELETE', `/expenditures/${made.id}`, {
      headers: { 'if-match': `"${made.version}"` },
    })
    const [deleted] = await positionsOf('?type=expenditure.deleted')
    const { html } = await auditor.get(`/fr/events/${deleted}`)
    expect(html).not.toContain(`href="/fr/expenditures/${made.id}"`)
    expect(html).toContain(`expenditure%2F${made.id}`)
  })

  test('that the record does not have is told so', async () => {
    const missing = await auditor.get('/fr/events/99999999')
    expect([missing.status, plain(missing)]).toEqual([
      404,
      expect.stringContaining('n’a pas d’événement à la position 99999999'),
    ])
    expect((await auditor.get('/fr/events/zero')).status).toBe(404)
  })
})

describe('an observation', () => {
  test('is written about an event, is shown with it, and is never markup', async () => {
    const page = await auditor.get('/fr/observations?subject=event/2')
    const sent = await auditor.send(page, { subject: 'event/2', text: `À revoir ${markup}` })
    expect([sent.status, sent.location]).toEqual([
      303,
      '/fr/observations?subject=event%2F2&done=written',
    ])
    const shown = await auditor.get(sent.location ?? '')
    expect(plain(shown)).toContain('L’observation est inscrite.')
    expect(plain(shown)).toContain(`À revoir ${markup}`)
    expect(shown.html).not.toContain('<script>alert')
    expect(plain(await auditor.get('/fr/events/2'))).toContain(`À revoir ${markup}`)
    const csv = await auditor.get('/fr/observations.csv?subject=event/2&dialect=open')
    expect(csv.html).toContain('À revoir')
    expect(csv.html.trimEnd().split('\n')).toHaveLength(2)
    expect((await auditor.get('/fr/observations.xlsx')).status).toBe(200)
  })

  test('without text is refused beside its field', async () => {
    const page = await auditor.get('/fr/observations')
    const refused = await auditor.send(page, { subject: 'event/4', text: ' ' })
    expect(refused.status).toBe(422)
    expect(plain(refused)).toContain('Observation : Ce champ est requis.')
    expect(refused.html).toContain('value="event/4"')
  })
})

describe('verify now', () => {
  test('says what was checked, and that nothing is broken', async () => {
    const page = await auditor.get('/fr/verify')
    expect(plain(page)).not.toContain('Le registre tient')
    const found = await auditor.get('/fr/verify?run=now')
    expect(plain(found)).toContain('Le registre tient')
    expect(plain(found)).toContain('Chaque événement suit le précédent')
    expect(plain(found)).toContain('Les événements 1 à')
    const english = await auditor.get('/en/verify?run=now')
    expect(plain(english)).toContain('The record holds')
  })

  test('names the first break', async () => {
    const app = await testApp()
    try {
      const { email } = await app.person('auditor', 'auditor')
      const reader = visitor(app, await sessionFor(app, email))
      await app.database.owner.query(
        `alter table event disable trigger user;
         update event set actor = 'somebody@example.org' where sequence = 2`,
      )
      const found = await reader.get('/fr/verify?run=now')
      expect(plain(found)).toContain('Le registre ne tient pas')
      expect(plain(found)).toContain('Première rupture')
      expect(plain(found)).toContain('event 2')
    } finally {
      await app.close()
    }
  })

  test('gives the evidence pack', async () => {
    const pack = await auditor.get('/fr/evidence.zip')
    expect([pack.status, pack.headers['content-type']]).toEqual([200, 'application/zip'])
  })
})

describe('anchors', () => {
  test('are listed the newest first, and are files', async () => {
    const app = await testApp({ anchorFiles: files })
    try {
      const officer: Person = await app.person('officer', 'officer')
      const approver = await app.person('approver', 'approver')
      const { email } = await app.person('auditor', 'auditor')
      await anchorNow(app.database.service, files)
      await post(officer, approver, {})
      await anchorNow(app.database.service, files)
      const reader = visitor(app, await sessionFor(app, email))
      const page = await reader.get('/fr/anchors')
      expect(plain(page)).toMatch(/2 ancre \d+ .* 1 nouvelle clé \d+ /)
      const csv = await reader.get('/fr/anchors.csv?dialect=open')
      expect(csv.html.trimEnd().split('\n')).toHaveLength(3)
      expect((await reader.get('/fr/anchors.xlsx')).status).toBe(200)
      expect(plain(await reader.get('/fr/verify?run=now'))).toContain('Le registre tient')
    } finally {
      await app.close()
    }
  })

  test('that nobody keeps are said to be none', async () => {
    expect(plain(await auditor.get('/fr/anchors'))).toContain('Aucune ancre')
  })
})

describe('the journal', () => {
  test('is searched by what its entries and lines say, and adds up to zero', async () => {
    const all = await auditor.get('/fr/journal')
    expect(plain(all)).toMatch(/Total .*0,00 \$/)
    const found = await auditor.get('/fr/journal?kind=expenditure&measure=QC-13&organization=MJQ')
    expect(plain(found)).toContain('1 écriture ')
    expect(plain(found)).toContain('Dépensé')
    const reversed = await auditor.get('/fr/journal?envelope=QC-NONE')
    expect(plain(reversed)).toContain('Aucune écriture ne correspond')
    const oldest = await auditor.get('/fr/journal?order=oldest')
    expect(oldest.html.indexOf('"/fr/journal/1"')).toBeGreaterThan(0)
    expect(all.html).not.toContain('"/fr/journal/1"')
    const later = await auditor.get('/fr/journal?asOf=1')
    expect(plain(later)).not.toContain('Dépensé')
  })

  test('says what it cannot be searched by', async () => {
    const refused = await auditor.get('/fr/journal?fiscalYear=2025&measure=QC-8')
    expect(refused.status).toBe(400)
    expect(plain(refused)).toContain('Exercice :')
    expect(refused.html).toContain('value="QC-8"')
    expect((await auditor.get('/fr/journal?asOf=99999999')).status).toBe(422)
  })

  test('has files with the same lines and the same total', async () => {
    const query = 'kind=expenditure&measure=QC-13&organization=MJQ'
    const csv = await auditor.get(`/fr/journal.csv?${query}&dialect=open`)
    const lines = csv.html.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines.at(-1)).toMatch(/^total,.*,0\.00,/)
    const workbook = await auditor.get(`/fr/journal.xlsx?${query}`)
    const texts = readParts(workbook.bytes).text('xl/sharedStrings.xml')
    expect(texts).toContain('>Dépensé<')
    expect(texts).not.toMatch(/>(?:spent|expenditure)</)
  })

  test('opens one entry with its document, its event and what took it back', async () => {
    const list = await auditor.get('/fr/journal?cause=refund')
    const path = /href="(\/fr\/journal\/\d+)"/.exec(list.html)?.[1] ?? ''
    const entry = await auditor.get(path)
    expect(plain(entry)).toContain('Cause Remboursements')
    expect(entry.html).toMatch(/href="\/fr\/expenditures\/[0-9a-f-]{36}"/)
    expect(entry.html).toMatch(/href="\/fr\/events\/\d+"/)
    expect((await auditor.get('/fr/journal/99999999')).status).toBe(404)
  })

  test('answers the same questions over the API', async () => {
    const { auditor: person } = busy.people
    const { body } = await person.get(
      '/journal/entries?kind=expenditure&measure=QC-13&organization=MJQ',
    )
    expect(body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['expenditure'])
  })
})
