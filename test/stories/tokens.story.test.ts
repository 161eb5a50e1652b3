import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, personOf, type TestApp, testApp } from '#test/support/app.ts'
import { expectRefusal } from '#test/support/refusals.ts'

let app: TestApp
let admin: Person
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp()
  admin = await app.person('admin', 'administrator')
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
})
afterAll(() => app.close())

const owner = (statement: string, values: unknown[] = []) =>
  app.database.owner.query(statement, values)

const issue = async (person: Person, body?: object) => {
  const { body: given } = await person.send('POST', '/tokens', { body })
  return { ...given, holder: personOf(app.server, person.email, given.token) }
}

describe('a token', () => {
  test('is given to oneself, told once, and opens what its person may', async () => {
    const given = await officer.send('POST', '/tokens', { body: { days: 30, label: 'Chargement' } })
    expect([given.status, given.headers.etag]).toEqual([201, '"1"'])
    expect(given.body).toEqual({
      id: expect.any(String),
      email: officer.email,
      label: 'Chargement',
      version: 1,
      createdAt: expect.any(String),
      expiresAt: expect.any(String),
      lastUsedAt: null,
      revokedAt: null,
      token: expect.stringMatching(/^vigie_[A-Za-z0-9_-]{43}$/),
    })
    const { createdAt, expiresAt, token } = given.body
    expect((Date.parse(expiresAt) - Date.parse(createdAt)) / 86_400_000).toBe(30)
    const holder = personOf(app.server, officer.email, token)
    expect((await holder.get('/expenditures')).status).toBe(200)
    expect((await holder.get('/users')).status).toBe(403)
    const listed = await officer.get('/tokens?limit=500')
    expect(listed.text).not.toContain('vigie_')
    const { token: _told, ...kept } = given.body
    expect(listed.body.items.find((item: { id: string }) => item.id === kept.id)).toEqual({
      ...kept,
      lastUsedAt: expect.any(String),
    })
  })

  test('asked for again with the same key is told no second time', async () => {
    const key = randomUUID()
    const first = await officer.send('POST', '/tokens', { body: { days: 1 }, key })
    const again = await officer.send('POST', '/tokens', { body: { days: 1 }, key })
    expect(again.status).toBe(201)
    expect(again.body).toEqual({ ...first.body, token: null })
  })

  test('is revoked at once, by its owner or an administrator, as an event says', async () => {
    for (const by of [officer, admin]) {
      const { id, holder } = await issue(officer)
      expect((await holder.get('/session')).status).toBe(200)
      expect((await by.send('DELETE', `/tokens/${id}`, { version: 1 })).status).toBe(204)
      await expectRefusal(app, { status: 401, code: 'identity/token-refused' }, (headers) =>
        holder.get('/session', headers),
      )
      const { rows } = await owner(`select actor, subject, payload from event
        where type = 'person.token-revoked' order by sequence desc limit 1`)
      expect(rows[0]).toMatchObject({ actor: by.email, subject: `person/${officer.email}` })
      expect(rows[0].payload).toContain(id)
      await expectRefusal(app, { status: 412, code: 'identity/stale' }, (headers) =>
        by.send('DELETE', `/tokens/${id}`, { version: 1, headers }),
      )
    }
  })

  test('is revoked as it was seen', async () => {
    const { id } = await issue(officer)
    await expectRefusal(app, { status: 428, code: 'http/if-match-missing' }, (headers) =>
      officer.send('DELETE', `/tokens/${id}`, { headers }),
    )
  })

  test('of somebody else is spoken of like one that does not exist', async () => {
    const { id } = await issue(officer)
    for (const named of [id, randomUUID()]) {
      await expectRefusal(app, { status: 404, code: 'identity/token-not-found' }, (headers) =>
        approver.send('DELETE', `/tokens/${named}`, { version: 1, headers }),
      )
    }
    const emails = async (person: Person) =>
      new Set(
        (await person.get('/tokens?limit=500')).body.items.map(
          ({ email }: { email: string }) => email,
        ),
      )
    expect(await emails(approver)).toEqual(new Set([approver.email]))
    expect(await emails(admin)).toEqual(new Set([admin.email, officer.email, approver.email]))
  })

  test('is never issued for somebody else: an administrator could approve in their name', () =>
    expectRefusal(
      app,
      { status: 422, code: 'http/invalid-body', errors: [['/email', 'input/unknown-field']] },
      (headers) => admin.send('POST', '/tokens', { body: { email: approver.email }, headers }),
    ))

  test.each([0, 367, 1.5, '30'])('is not good for %s days', async (days) => {
    const { status, body } = await officer.send('POST', '/tokens', { body: { days } })
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'http/invalid-body', '/days'])
  })

  test('that is revoked, expired, unknown or of somebody disabled is refused in the same words', async () => {
    const leaving = await app.person('leaving', 'officer')
    const [revoked, expired] = [await issue(officer), await issue(officer)]
    await officer.send('DELETE', `/tokens/${revoked.id}`, { version: 1 })
    await owner(`update api_token set expires_at = now() - interval '1 second' where id = $1`, [
      expired.id,
    ])
    await owner('update person set is_disabled = true where email = $1', [leaving.email])
    const unknown = personOf(app.server, 'nobody', `vigie_${'A'.repeat(43)}`)
    const answers = new Set<string>()
    for (const person of [revoked.holder, expired.holder, leaving, unknown]) {
      const { status, body } = await person.get('/session')
      answers.add(JSON.stringify([status, { ...body, instance: '' }]))
    }
    expect(answers.size).toBe(1)
    expect([...answers][0]).toContain('identity/token-refused')
  })
})

describe('the last use of a token', () => {
  const usedAt = async (id: string) =>
    (await owner('select last_used_at, xmin::text from api_token where id = $1', [id])).rows[0]

  test('is written down at most once a minute', async () => {
    const { id, holder } = await issue(officer)
    expect((await usedAt(id)).last_used_at).toBe(null)
    await holder.get('/session')
    const first = await usedAt(id)
    expect(first.last_used_at).not.toBe(null)
    for (let time = 0; time < 5; time += 1) {
      await holder.get('/session')
    }
    expect(await usedAt(id)).toEqual(first)
    await owner(
      `update api_token set last_used_at = last_used_at - interval '61 seconds' where id = $1`,
      [id],
    )
    const moved = await usedAt(id)
    await holder.get('/session')
    expect((await usedAt(id)).last_used_at > moved.last_used_at).toBe(true)
  })
})
