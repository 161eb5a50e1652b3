import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles } from '#features/identity/actor.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { type BusyApp, busyApp } from '#test/support/busy-app.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { bring, ledgerRow } from '#test/support/extracts.ts'
import { elementsOf, parseHtml, textsOf } from '#test/support/html.ts'
import { type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'
import { listenToStatements } from '#test/support/statements.ts'

let busy: BusyApp
let browsers: Readonly<Record<Role, Visitor>>

beforeAll(async () => {
  busy = await busyApp()
  const { officer, approver } = busy.people
  const { id, version } = await submitted(officer, { documentNumber: 'F-50' })
  const reason = { reason: 'Pièce illisible' }
  expect((await approver.step(`/expenditures/${id}/return`, version, reason)).status).toBe(200)
  const rows = ['F-90', 'F-91'].map((piece) => ledgerRow('2025-08-15', piece, '12.00'))
  await bring(officer, { rows, name: 'août.csv', fields: { period: '5' } })
  browsers = Object.fromEntries(
    roles.map((role) => [role, visitor(busy.app, busy.cookies[role])]),
  ) as Record<Role, Visitor>
})
afterAll(() => busy.app.close())

interface ShownTask {
  readonly href: string
  readonly count: number
}

/** What the page says that waits, and where each leads. */
function tasksOn({ html }: Seen): ReadonlyMap<string, ShownTask> {
  const [card] = elementsOf(parseHtml(html), ({ attributes }) => attributes.class === 'card')
  const links = card === undefined ? [] : elementsOf(card, ({ name }) => name === 'a')
  const counted = links.filter(
    (link) => elementsOf(link, ({ name }) => name === 'strong').length > 0,
  )
  return new Map(
    counted.map((link) => {
      const [, name = '', count = ''] = /^(.*)\u00a0: (\d+)$/.exec(textsOf(link).join('')) ?? []
      return [name, { href: link.attributes.href ?? '', count: Number(count) }]
    }),
  )
}

const tasksOf = async (role: Role) => tasksOn(await browsers[role].get('/fr'))

/** The lines of a list's file, without its headings and its total. */
async function linesOf(browser: Visitor, address: string, ending = '.csv'): Promise<string[]> {
  const [path = '', query] = address.split('?')
  const asked = [...(query === undefined ? [] : [query]), 'dialect=open'].join('&')
  const file = await browser.get(`${path}${ending}?${asked}`)
  expect([address, file.status]).toEqual([address, 200])
  const lines = file.html.trimEnd().split('\n').slice(1)
  return lines.filter((line) => !/^(?:total|Total|,)/.test(line))
}

/** Both lists of the page; an envelope is a row for each of its terms. */
async function proposalsOf(browser: Visitor, href: string): Promise<string[]> {
  const lists = ['envelopes', 'relations'].map((list) => href.replace('?', `/${list}?`))
  const [envelopes = [], relations = []] = await Promise.all(
    lists.map((list) => linesOf(browser, list)),
  )
  return [...new Set(envelopes.map((line) => line.split(',')[0] ?? '')), ...relations]
}

describe('what waits for a person', () => {
  test('of an officer is what they left, what came back and what the ledger leaves open', async () => {
    const tasks = await tasksOf('officer')
    expect([...tasks].map(([name, { count }]) => [name, count])).toEqual([
      ['Dépenses retournées à corriger', 1],
      ['Mes brouillons', 3],
      ['Engagements en brouillon', 1],
      ['Révisions en brouillon', 1],
      ['Propositions en brouillon', 2],
      ['Lignes sans appariement ni cause – 2025-2026-P03 MSP', 3],
      ['Lignes d’extrait à apparier – 2025-2026-P05 MSP', 2],
    ])
  })

  test('of an approver is what they may decide and sign', async () => {
    expect([...(await tasksOf('approver')).keys()]).toEqual([
      'Décisions à prendre',
      'Engagements soumis',
      'Révisions soumises',
      'Propositions soumises',
      'Fins d’exercice soumises',
      'Appariement à signer – 2025-2026-P04 MSP',
    ])
  })

  test('of an administrator are the periods whose days are over', async () => {
    const tasks = await tasksOf('administrator')
    expect([...tasks.keys()]).toEqual(['Périodes à fermer'])
    const all = await linesOf(browsers.administrator, '/fr/periods?state=open')
    const open = await linesOf(browsers.administrator, '/fr/periods?state=to-close')
    expect(open.length).toBeLessThan(all.length)
  })

  test.each(['auditor', 'analyst'] as const)(
    'of an %s is nothing, and what to begin with',
    async (role) => {
      const page = await browsers[role].get('/fr')
      expect(tasksOn(page).size).toBe(0)
      expect(textOf(page.html)).toMatch(/Rien ne vous attend\. (Vérifier|Ouvrir) le /)
    },
  )

  test('is counted as the list it leads to counts it', async () => {
    const counted: [string, number][] = []
    for (const role of roles) {
      for (const [name, { href, count }] of await tasksOf(role)) {
        expect([name, (await browsers[role].get(href)).status]).toEqual([name, 200])
        const ending = /extracts/.test(href)
          ? '/rows.csv'
          : /matching/.test(href)
            ? '/open.csv'
            : '.csv'
        const lines = /proposals/.test(href)
          ? await proposalsOf(browsers[role], href)
          : await linesOf(browsers[role], href, ending)
        const waiting = /sans appariement/.test(name)
          ? lines.filter((line) => line.split(',')[5] === '')
          : lines
        if (!name.startsWith('Appariement')) {
          expect([name, waiting.length]).toEqual([name, count])
          counted.push([name, count])
        }
      }
    }
    expect(counted.length).toBeGreaterThan(5)
  })

  test('is somebody else’s for who may not reach it', async () => {
    const stranger = await busy.app.person('stranger', 'officer', 'MJQ')
    const browser = visitor(busy.app, await sessionFor(busy.app, stranger.email))
    const page = await browser.get('/fr')
    expect([...tasksOn(page).keys()]).toEqual([])
    expect(textOf(page.html)).toContain('Rien ne vous attend. Saisir une dépense')
  })
})

describe('the money at a glance', () => {
  test.each(['QC', 'CA'])('of %s is that of its reconciliation', async (jurisdiction) => {
    const { auditor } = busy.people
    const { body } = await auditor.get(`/reports/reconciliation?jurisdiction=${jurisdiction}`)
    const { planned, committed, spent, available } = body.totals
    const file = await browsers.auditor.get('/fr/overview.csv?dialect=open')
    const [line = ''] = file.html.split('\n').filter((each) => each.includes(spent))
    expect(line.split(',').slice(1)).toEqual([
      body.parameters.from,
      body.parameters.to,
      planned,
      committed,
      spent,
      available,
    ])
    const page = await browsers.auditor.get('/fr')
    expect(page.html).toContain(`data-total="${spent}"`)
    expect(page.html).toContain(`Position <strong>${body.position}</strong>`)
  })

  test('links spending to its documents for whom all of them are open, and only then', async () => {
    const isLinked = async (role: Role) =>
      /<a href="[^"]+" data-total=/.test((await browsers[role].get('/fr')).html)
    expect(await isLinked('auditor')).toBe(true)
    expect(await isLinked('analyst')).toBe(false)
    expect(await isLinked('officer')).toBe(false)
  })

  test('says what runs ahead of time or behind it as the exceptions report does', async () => {
    const rows = []
    for (const jurisdiction of ['QC', 'CA']) {
      const { body } = await busy.people.analyst.get(
        `/reports/exceptions?jurisdiction=${jurisdiction}`,
      )
      rows.push(...body.rows)
    }
    const isOfTime = ({ flags }: { flags: string[] }) =>
      ['ahead-of-time', 'behind-time'].includes(flags[0] ?? '')
    const expected = rows.filter(isOfTime).map(({ key, flags }) => `${key} ${flags[0]}`)
    const lines = await linesOf(browsers.analyst, '/fr/timing')
    const found = lines.map((line) => {
      const [key = ''] = line.split(',')
      return `${key} ${/(ahead-of-time|behind-time)/.exec(line)?.[1]}`
    })
    expect(found).toEqual(expected)
    expect(found.length).toBeGreaterThan(0)
  })
})

describe('the first page', () => {
  test('asks as many questions for many documents as for few', async () => {
    const listening = listenToStatements()
    const app: TestApp = await testApp()
    try {
      const officer = await app.person('officer', 'officer')
      const approver = await app.person('approver', 'approver')
      const browser = visitor(app, await sessionFor(app, officer.email))
      const asked = async (): Promise<number> => {
        listening.take()
        expect((await browser.get('/fr')).status).toBe(200)
        return listening.take().length
      }
      await post(officer, approver, { documentNumber: 'F-1' })
      await officer.send('POST', '/expenditures', { body: draft({ documentNumber: 'G-1' }) })
      await asked()
      const few = await asked()
      for (let each = 2; each <= 12; each += 1) {
        await post(officer, approver, { documentNumber: `F-${each}` })
        await officer.send('POST', '/expenditures', {
          body: draft({ documentNumber: `G-${each}` }),
        })
      }
      expect(await asked()).toBe(few)
    } finally {
      listening.stop()
      await app.close()
    }
  })
})
