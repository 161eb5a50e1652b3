import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post } from '#test/support/drafts.ts'
import { runs } from '#test/support/tier.ts'

/** Text that a browser, a shell, a spreadsheet, a template or a database might take for orders. */
const payloads = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg onload=alert(1)>",
  '</textarea><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '<!--<script>alert(1)//-->',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  'javascript:alert(document.cookie)',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  '<base href="//evil.example/">',
  '<meta http-equiv="refresh" content="0;url=//evil.example">',
  '<form action="//evil.example"><input name=x>',
  '<link rel=stylesheet href=//evil.example/x.css>',
  '<style>*{background:url(//evil.example)}</style>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '＜script＞alert(1)＜/script＞',
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("//evil.example","x")',
  '=IMPORTXML("//evil.example","//a")',
  "'; drop table expenditure; --",
  "' or '1'='1",
  '1; select pg_sleep(10)',
  "\\'; delete from event; --",
  '$1',
  '$$; $$',
  '{{7*7}}',
  `\${7*7}`,
  '<%= 7*7 %>',
  '#{7*7}',
  '$(touch /tmp/x)',
  '`touch /tmp/x`',
  '| cat /etc/passwd',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '{"__proto__":{"isAdmin":true}}',
  'constructor',
  '__proto__',
  ')]}\',\n{"x":1}',
  'a\u202eb\u2066c',
] as const
/** Every fifth, the long tier all of them. */
const tried = payloads.filter((_, place) => place % runs(5, 1) === 0)

let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

/** Nothing that a browser would run, show as a page, keep, or guess another type of. */
function expectInert({ headers, status }: Answered): void {
  const type = status < 400 ? /^application\/json; charset=utf-8$/ : /^application\/problem\+json$/
  expect(headers['content-type']).toMatch(type)
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
  })
}

const textFields = ['documentNumber', 'supplier', 'description', 'justification'] as const

describe('text that somebody might take for orders', () => {
  test('is there in fifty kinds', () => {
    expect(new Set(payloads).size).toBeGreaterThanOrEqual(50)
  })

  test.each(textFields)(
    'in %s is kept and said again as it is, and never as a page',
    async (field) => {
      for (const payload of tried) {
        const text = `${payload}`.slice(0, 100)
        const entered = await officer.send('POST', '/expenditures', {
          body: draft({ [field]: text }),
        })
        expectInert(entered)
        if (entered.status === 201) {
          const read = await officer.get(`/expenditures/${entered.body.id}`)
          expectInert(read)
          expect(read.body[field]).toBe(text)
        } else {
          // Control characters and marks that reverse what is read are refused, with where they stand.
          expect([text, entered.status]).toEqual([text, 422])
          expect(entered.body.errors[0].pointer).toBe(`/${field}`)
        }
      }
    },
  )

  test('as a reason is kept in the record as it is', async () => {
    const { id, version } = await post(officer, approver)
    let current: number = version
    for (const payload of tried) {
      const asked = await officer.step(`/expenditures/${id}/reverse`, current, { reason: payload })
      expectInert(asked)
      if (asked.status === 200) {
        const request = asked.body.requests.at(-1)
        expect(request.reason).toBe(payload)
        const url = `/expenditures/${id}/requests/${request.id}/refuse`
        current = (await approver.step(url, asked.body.version, { reason: payload })).body.version
      } else {
        expect([payload, asked.status]).toEqual([payload, 422])
      }
    }
    const events = await auditor.get(`/events?subject=expenditure/${id}&limit=500`)
    expectInert(events)
    const kept = events.body.items.map(({ reason }: { reason: string | null }) => reason)
    expect(kept).toEqual(expect.arrayContaining(['<script>alert(1)</script>']))
  })

  test.each([
    '/expenditures?text=',
    '/expenditures?measure=',
    '/measures/',
    '/envelopes/',
    '/expenditures/',
    '/reports/',
    '/reports/reconciliation?by=',
    '/events?subject=',
    '/journal/entries?cursor=',
    '/nowhere/',
  ])('in %s is answered as data, found or refused', async (url) => {
    for (const payload of tried) {
      const answer = await auditor.get(url + encodeURIComponent(payload))
      expect([payload, answer.status < 500]).toEqual([payload, true])
      expectInert(answer)
    }
  })

  test('in a header is answered as data', async () => {
    for (const payload of tried.filter((text) => /^[\x20-\x7e]+$/.test(text))) {
      for (const name of ['accept-language', 'if-match', 'idempotency-key', 'x-request-id']) {
        const answer = await officer.send('POST', '/expenditures', {
          body: draft(),
          headers: { [name]: payload },
        })
        expect([name, payload, answer.status < 500]).toEqual([name, payload, true])
        expectInert(answer)
        expect(JSON.stringify(answer.headers)).not.toContain('evil')
      }
    }
  })
})
