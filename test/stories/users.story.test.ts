import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { type Expected, expectRefusal } from '#test/support/refusals.ts'

let app: TestApp
let admin: Person
let officer: Person

beforeAll(async () => {
  app = await testApp()
  admin = await app.person('admin', 'administrator')
  officer = await app.person('officer', 'officer')
})
afterAll(() => app.close())

const newUser = (change: Record<string, unknown> = {}) => ({
  email: 'a.roy@msp.example',
  name: 'A. Roy',
  role: 'officer',
  organization: 'MSP',
  ...change,
})

const user = async (email: string) => {
  const { body } = await admin.get('/users?limit=500')
  return body.items.find((item: { email: string }) => item.email === email)
}

const lastEvent = async () =>
  (
    await app.database.owner.query(
      'select type, actor, subject, payload from event order by sequence desc limit 1',
    )
  ).rows[0]

describe('an administrator', () => {
  test('adds a person, who is read with the version that changes name it by', async () => {
    const added = await admin.send('POST', '/users', {
      body: newUser({ email: ' A.Roy@MSP.example' }),
    })
    expect([added.status, added.headers.etag]).toEqual([201, '"1"'])
    expect(added.body).toEqual({
      id: expect.any(String),
      email: 'a.roy@msp.example',
      name: 'A. Roy',
      roles: [{ role: 'officer', organization: 'MSP' }],
      disabled: false,
      version: 1,
    })
    const alone = await admin.get(`/users/${added.body.id}`)
    expect([alone.body, alone.headers.etag]).toEqual([added.body, '"1"'])
    expect(await user('a.roy@msp.example')).toEqual({ ...added.body, lastUsedAt: null })
    expect(await lastEvent()).toMatchObject({
      type: 'person.added',
      actor: admin.email,
      subject: 'person/a.roy@msp.example',
    })
  })

  test('changes name and roles; before and after are in one event', async () => {
    const { body: before } = await admin.send('POST', '/users', {
      body: newUser({ email: 'b@msp.example' }),
    })
    const changed = await admin.send('PATCH', `/users/${before.id}`, {
      version: 1,
      body: {
        name: 'B. Côté',
        addRoles: [{ role: 'approver', organization: 'mjq' }, { role: 'auditor' }],
        removeRoles: [{ role: 'officer', organization: 'MSP' }],
      },
    })
    expect(changed.headers.etag).toBe('"2"')
    expect(changed.body).toMatchObject({
      name: 'B. Côté',
      roles: [
        { role: 'approver', organization: 'MJQ' },
        { role: 'auditor', organization: '*' },
      ],
    })
    const { type, payload } = await lastEvent()
    expect(type).toBe('person.changed')
    for (const words of ['officer MSP', 'approver MJQ', 'auditor *', 'B. Côté']) {
      expect(payload).toContain(words)
    }
    // What is so already changes nothing.
    const again = await admin.send('PATCH', `/users/${before.id}`, {
      version: 2,
      body: { name: 'B. Côté', addRoles: [{ role: 'auditor' }] },
    })
    expect([again.status, again.headers.etag]).toEqual([200, '"2"'])
    expect((await lastEvent()).payload).toBe(payload)
  })

  test('disables a person and gives access back; what was held stays ended', async () => {
    const leaving = await app.person('leaving', 'officer')
    const { id, version } = await user(leaving.email)
    const disabled = await admin.step(`/users/${id}/disable`, version)
    expect(disabled.body).toMatchObject({ disabled: true, version: version + 1 })
    expect((await leaving.get('/expenditures')).status).toBe(401)
    const enabled = await admin.step(`/users/${id}/enable`, version + 1)
    expect(enabled.body).toMatchObject({ disabled: false, version: version + 2 })
    expect((await leaving.get('/expenditures')).status).toBe(401)
    expect((await lastEvent()).type).toBe('person.enabled')
  })

  test('sees when each person was last there, and reads people in pages', async () => {
    await officer.get('/session')
    const seen = await user(officer.email)
    expect(Date.parse(seen.lastUsedAt)).toBeGreaterThan(Date.parse('2020-01-01'))
    const all = (await admin.get('/users?limit=500')).body
    expect(all.count).toBe(all.items.length)
    const first = (await admin.get('/users?limit=1')).body
    const second = (await admin.get(`/users?limit=1&cursor=${first.nextCursor}`)).body
    expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 2))
  })

  test('names an organization anew; the old name stays in what was drawn before', async () => {
    const find = async () =>
      (await admin.get('/organizations?limit=500')).body.items.find(
        ({ code }: { code: string }) => code === 'MSP',
      )
    const before = await find()
    expect(before.version).toBe(1)
    const name = { fr: 'Ministère de la Sécurité civile', en: 'Department of Civil Security' }
    const renamed = await admin.send('PATCH', '/organizations/MSP', { version: 1, body: { name } })
    expect([renamed.status, renamed.headers.etag]).toEqual([200, '"2"'])
    expect(await find()).toEqual({ ...before, name, nameKnown: true, version: 2 })
    expect(await lastEvent()).toMatchObject({
      type: 'organization.renamed',
      subject: 'organization/MSP',
    })
    const { rows } = await app.database.owner.query(
      `select name_fr from organization_name where organization = 'MSP' order by version`,
    )
    expect(rows.map(({ name_fr }) => name_fr)).toEqual([before.name.fr, name.fr])
  })
})

describe('what is refused about people', () => {
  const body = (pointer: string, code: string): Expected => ({
    status: 422,
    code: 'http/invalid-body',
    errors: [[pointer, code]],
  })

  test.each<[string, Record<string, unknown>, Expected]>([
    ['a line break in a name', { name: 'A\r\nRoy' }, body('/name', 'identity/name-missing')],
    ['no name', { name: '  ' }, body('/name', 'identity/name-missing')],
    [
      'a header in an address',
      { email: 'a@b.example\r\nbcc:c' },
      body('/email', 'identity/email-malformed'),
    ],
    [
      'a control in an address',
      { email: 'a\u0007@b.example' },
      body('/email', 'identity/email-malformed'),
    ],
    ['the system', { email: 'system' }, body('/email', 'identity/email-malformed')],
    ['a role that is none', { role: 'king' }, body('/role', 'input/not-allowed')],
    ['a password', { password: 'agrafe cheval pile' }, body('/password', 'input/unknown-field')],
    [
      'no organization',
      { organization: undefined },
      { status: 422, code: 'identity/organization-needed' },
    ],
    [
      'an unknown organization',
      { organization: 'XYZ' },
      { status: 422, code: 'organizations/unknown' },
    ],
    [
      'a person who is there',
      { email: 'officer@vigie.test' },
      { status: 409, code: 'identity/person-exists' },
    ],
  ])('%s', (_what, change, expected) =>
    expectRefusal(app, expected, (headers) =>
      admin.send('POST', '/users', {
        body: newUser({ email: 'n@msp.example', ...change }),
        headers,
      }),
    ),
  )

  test('a version that is missing or old', async () => {
    const { id } = await user(officer.email)
    for (const [method, url, sent] of [
      ['PATCH', `/users/${id}`, { name: 'Autre' }],
      ['POST', `/users/${id}/disable`, undefined],
      ['POST', `/users/${id}/enable`, undefined],
      ['PATCH', '/organizations/MJQ', { name: { fr: 'A', en: 'B' } }],
    ] as const) {
      await expectRefusal(app, { status: 428, code: 'http/if-match-missing' }, (headers) =>
        admin.send(method, url, { body: sent, headers }),
      )
      const code = url.startsWith('/users') ? 'identity/stale' : 'organizations/stale'
      await expectRefusal(app, { status: 412, code }, (headers) =>
        admin.send(method, url, { body: sent, version: 99, headers }),
      )
    }
  })

  test('one’s own roles', async () => {
    const other = await app.person('other-admin', 'administrator')
    const { id, version } = await user(other.email)
    for (const sent of [
      { addRoles: [{ role: 'approver', organization: 'MSP' }] },
      { removeRoles: [{ role: 'administrator' }] },
    ]) {
      await expectRefusal(app, { status: 403, code: 'identity/own-roles' }, (headers) =>
        other.send('PATCH', `/users/${id}`, { version, body: sent, headers }),
      )
    }
    // One's own name is one's own.
    const named = await other.send('PATCH', `/users/${id}`, { version, body: { name: 'O. A.' } })
    expect(named.status).toBe(200)
    const gone = await admin.step(`/users/${id}/disable`, version + 1)
    expect(gone.status).toBe(200)
  })

  test('the last who administers', async () => {
    const { id, version } = await user(admin.email)
    await expectRefusal(
      app,
      { status: 409, code: 'identity/last-administrator', says: [admin.email] },
      (headers) => admin.send('POST', `/users/${id}/disable`, { version, headers }),
    )
  })

  test('somebody who is not there, the system included', async () => {
    const { rows } = await app.database.owner.query(`select id from person where email = 'system'`)
    for (const id of [randomUUID(), rows[0].id]) {
      await expectRefusal(app, { status: 404, code: 'identity/user-not-found' }, (headers) =>
        admin.get(`/users/${id}`, headers),
      )
      await expectRefusal(app, { status: 404, code: 'identity/user-not-found' }, (headers) =>
        admin.send('POST', `/users/${id}/disable`, { version: 1, headers }),
      )
    }
    await expectRefusal(app, { status: 404, code: 'organizations/not-found' }, (headers) =>
      admin.send('PATCH', '/organizations/XYZ', {
        version: 1,
        body: { name: { fr: 'A', en: 'B' } },
        headers,
      }),
    )
  })

  test('everything, to who does not administer', async () => {
    const { id } = await user(officer.email)
    const forbidden: Expected = { status: 403, code: 'identity/forbidden' }
    for (const [method, url, sent] of [
      ['POST', '/users', newUser({ email: 'x@msp.example' })],
      ['PATCH', `/users/${id}`, { name: 'Autre' }],
      ['POST', `/users/${id}/disable`, undefined],
      ['PATCH', '/organizations/MJQ', { name: { fr: 'A', en: 'B' } }],
    ] as const) {
      await expectRefusal(app, forbidden, (headers) =>
        officer.send(method, url, { body: sent, version: 1, headers }),
      )
    }
    await expectRefusal(app, forbidden, (headers) => officer.get('/users', headers))
  })
})
