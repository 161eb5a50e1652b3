import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csrfTokenOf } from '#features/identity/session.public.ts'
import { type BusyApp, busyApp, sessionSecret } from '#test/support/busy-app.ts'
import { type FoundForm, formsOf } from '#test/support/page-form-list.ts'
import { type Fields, formOf, type Seen, visitor } from '#test/support/pages.ts'
import { recordOf } from '#test/support/refusals.ts'
import { type Chance, chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

/**
 * Forms of every page that changes something, as its page makes them and then bent, sent by who came
 * to them. Whatever is in them: no error of ours, nothing told from inside, nothing left behind by
 * a refusal.
 */
const bent = runs(12, 1_000)

let busy: BusyApp
let forms: readonly FoundForm[]

beforeAll(async () => {
  busy = await busyApp()
  forms = await formsOf(busy)
}, 300_000)
afterAll(() => busy.app.close())

const values = [
  '',
  ' ',
  '0',
  '-5,00',
  '1e999',
  '1,234.5,6',
  '99999999999999.99',
  '１２,５０',
  '2025-02-30',
  '0000-00-00',
  '9999-12-31',
  'true',
  '[]',
  '{"a":1}',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '"><img src=x>',
  '=HYPERLINK("http://elsewhere.example")',
  '\u0000',
  '\u0007\u001b[31m',
  '\u202e\u2066',
  '\ufffe',
  '\n\n',
  '__proto__',
  'constructor',
  '*',
  'system',
  '../../etc/passwd',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(3_000),
  'é'.repeat(50_000),
]

const names = ['version', 'key', 'id', 'items', 'lines.0.amount', 'lines.9999.amount', 'a.b.c.d']

const markup = '"><script>alert(1)</script><b>é</b>'

/** With something typed into every field that takes it. */
const filled = ({ fields, texts }: FoundForm, value: string): Record<string, string> => ({
  ...fields,
  key: randomUUID(),
  ...Object.fromEntries(texts.map((name) => [name, value])),
})

/** By who came to it, or by the holder of another cookie. */
function sent(
  form: FoundForm,
  fields: Readonly<Record<string, string>>,
  cookie = form.cookie,
): Promise<Seen> {
  const browser = visitor(busy.app, cookie)
  const { file: _chosen, ...typed } = fields
  const html = `<main><form method="post" action="${form.action}"></form></main>`
  return form.takesFile
    ? browser.sendFile({ ...nothing, html }, { content: 'x', fields: typed })
    : browser.post(form.action, fields)
}

const nothing: Omit<Seen, 'html'> = {
  ...{ status: 200, url: '', bytes: new Uint8Array(), location: undefined, headers: {} },
}

/** Forms that do not do as they should, and those that left something behind. */
async function faultsOf(look: (form: FoundForm) => Promise<string | null>): Promise<string[]> {
  const faults: string[] = []
  for (const form of forms.filter(({ cookie }) => cookie !== undefined)) {
    const before = await recordOf(busy.app.database.owner)
    const fault = await look(form)
    const after = await recordOf(busy.app.database.owner)
    const isSame = JSON.stringify(after) === JSON.stringify(before)
    faults.push(...(fault === null ? [] : [`${form.action}: ${fault}`]))
    faults.push(...(isSame ? [] : [`${form.action}: changed the record`]))
  }
  return faults
}

const isSecret = ({ action }: FoundForm): boolean => action.endsWith('/account/password')

describe('every form', () => {
  test('whose session has ended keeps what was typed, and does nothing', async () => {
    const faults = await faultsOf(async (form) => {
      const { status, html } = await sent(form, filled(form, markup), '')
      const { kept = 'null' } = formOf(html).hidden
      const values: readonly unknown[] = Object.values(JSON.parse(kept) ?? {}).flat()
      const isKept = form.texts.every(() => values.includes(markup))
      const isRight = isKept !== isSecret(form)
      return status === 401 && isRight && !html.includes(markup) ? null : `${status} ${kept}`
    })
    expect(faults).toEqual([])
  })

  test.each([
    ['without the page’s proof', ''],
    ['with the proof of another session', csrfTokenOf(sessionSecret, 'x'.repeat(43))],
  ])('%s does nothing', async (_what, csrf) => {
    const faults = await faultsOf(async (form) => {
      const { status } = await sent(form, { ...form.fields, csrf })
      return status === 403 ? null : String(status)
    })
    expect(faults).toEqual([])
  })

  test('with far too much in each of its fields is refused', async () => {
    const faults = await faultsOf(async (form) => {
      if (form.texts.length === 0) {
        return null
      }
      const { status } = await sent(form, filled(form, 'x'.repeat(60_000)))
      return [400, 413, 422].includes(status) ? null : String(status)
    })
    expect(faults).toEqual([])
  })

  test('of another version than what is there now is refused', async () => {
    const refused: number[] = []
    const faults = await faultsOf(async (form) => {
      if (form.fields.version === undefined) {
        return null
      }
      const { status } = await sent(form, { ...filled(form, 'Motif'), version: '999999' })
      refused.push(status)
      return [409, 412, 422].includes(status) ? null : String(status)
    })
    expect(faults).toEqual([])
    expect(refused.filter((status) => status === 412).length).toBeGreaterThan(refused.length / 2)
  })

  test('shows markup as text, refused or done', async () => {
    const faults: string[] = []
    for (const form of forms) {
      const { status, html, location } = await sent(form, filled(form, markup))
      const browser = visitor(busy.app, form.cookie)
      const next = location === undefined ? '' : (await browser.get(location)).html
      const isShown = html.includes(markup) || next.includes(markup)
      faults.push(...(status < 500 && !isShown ? [] : [`${form.action}: ${status}`]))
    }
    expect(faults).toEqual([])
  })
})

describe('a form that was bent', () => {
  test('is one that some page has', () => {
    expect(forms.map(({ action }) => action)).toContain('/fr/sign-in')
  })

  test('never causes an error of ours, and changes nothing when it is refused', async () => {
    const chance = chanceOf('malformed forms')
    for (const [place, form] of forms.entries()) {
      for (let each = 0; each < bent; each += 1) {
        await expectHarmless(form, chance.branch(`${place} ${each}`))
      }
    }
  })
})

async function expectHarmless(form: FoundForm, chance: Chance): Promise<void> {
  const before = await recordOf(busy.app.database.owner)
  const fields = bend(form, chance)
  const seen = await visitor(busy.app, form.cookie).post(form.action, fields)
  const told = `${form.action} ${JSON.stringify(fields).slice(0, 500)}\n${seen.status}`
  if (seen.status >= 500 && seen.status !== 503) {
    expect.fail(`${told} ${seen.html}`)
  }
  if (seen.status >= 400) {
    expect(seen.html, told).not.toMatch(/node_modules|\.ts:\d|violates|SQLSTATE|<script>alert|<img/)
    expect(String(seen.headers['content-type']), told).toBe('text/html; charset=utf-8')
    // A tenth wrong password is refused and recorded: that is an event.
    const { head, events, ...rest } = await recordOf(busy.app.database.owner)
    const { head: headBefore, events: eventsBefore, ...restBefore } = before
    expect([told, rest]).toEqual([told, restBefore])
    if (seen.status !== 401) {
      expect([told, head, events]).toEqual([told, headBefore, eventsBefore])
    }
  }
}

/** One to three fields left out, sent twice, filled with something else, or made up. */
function bend({ fields, cookie }: FoundForm, chance: Chance): Fields {
  const session = cookie?.split('=')[1] ?? ''
  const sent: Record<string, string | readonly string[]> = { ...fields, key: randomUUID() }
  const meant = Object.keys(fields).filter((name) => name !== 'csrf' && name !== 'key')
  for (let change = 0; change <= chance.below(3); change += 1) {
    const name = chance.of([...meant, chance.of(names)])
    const value = chance.of(values)
    const ways = [undefined, value, [value, chance.of(values)], [String(sent[name] ?? ''), value]]
    const way = chance.of(ways.map((each) => ({ each })))
    if (way.each === undefined) {
      delete sent[name]
    } else {
      sent[name] = way.each
    }
  }
  return { ...sent, csrf: csrfTokenOf(sessionSecret, session) }
}
