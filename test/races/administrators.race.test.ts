import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { browserOf, givePassword, trySignIn } from '#test/support/browser.ts'

let app: TestApp

beforeAll(async () => {
  app = await testApp({ poolMax: 16 })
})
afterAll(() => app.close())

interface Listed {
  readonly id: string
  readonly email: string
  readonly version: number
}

const listed = async (person: Person): Promise<readonly Listed[]> =>
  (await person.get('/users?limit=500')).body.items

test('administrators who disable or strip one another at once always leave one', async () => {
  const reserve = await app.person('reserve', 'administrator')
  for (let round = 0; round < 5; round += 1) {
    const admins = [
      await app.person(`one-${round}`, 'administrator'),
      await app.person(`two-${round}`, 'administrator'),
      await app.person(`three-${round}`, 'administrator'),
    ]
    const users = await listed(reserve)
    await app.database.owner.query(
      'update person set is_disabled = not (email = any($1)) where email <> $2',
      [admins.map(({ email }) => email), 'system'],
    )
    const answers = await Promise.all(
      admins.flatMap((admin, place) =>
        users
          .filter(({ email }) => admins.some((other) => other.email === email))
          .filter(({ email }) => email !== admin.email)
          .map(({ id, version }) =>
            place % 2 === 0
              ? admin.step(`/users/${id}/disable`, version)
              : admin.send('PATCH', `/users/${id}`, {
                  version,
                  body: { removeRoles: [{ role: 'administrator' }] },
                }),
          ),
      ),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => ![200, 401, 403, 409, 412].includes(status))).toEqual([])
    const { rows } = await app.database.owner.query(
      `select count(*)::integer as left from person
      where not is_disabled and exists (
        select from person_role where person = person.id and role = 'administrator')`,
    )
    expect(rows[0].left).toBeGreaterThanOrEqual(1)
    await app.database.owner.query('update person set is_disabled = false where email = $1', [
      reserve.email,
    ])
    // What the reserve held was not revoked: it was disabled behind the service's back.
    expect((await reserve.get('/users')).status).toBe(200)
  }
})

test('two who name an organization anew at once: one does, the other has read an old name', async () => {
  const admin = await app.person('namer', 'administrator')
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, place) =>
      admin.send('PATCH', '/organizations/MTO', {
        version: 1,
        body: { name: { fr: `Nom ${place}`, en: `Name ${place}` } },
      }),
    ),
  )
  const statuses = answers.map(({ status }) => status).toSorted()
  expect(statuses).toEqual([200, ...Array(7).fill(412)])
})

test('who signs in while being disabled or given another password holds nothing afterwards', async () => {
  const admin = await app.person('closer', 'administrator')
  for (let round = 0; round < 10; round += 1) {
    const { email } = await app.person(`leaving-${round}`, 'officer')
    await givePassword(app, email)
    const user = (await listed(admin)).find((person) => person.email === email)
    const entering = trySignIn(app, { email })
    const ending =
      round % 2 === 0
        ? admin.step(`/users/${user?.id}/disable`, user?.version ?? 0)
        : givePassword(app, email, 'une phrase toute neuve')
    const [entered] = await Promise.all([entering, ending])
    // Given back behind the service's back, so that nothing but an ended session keeps one out.
    await app.database.owner.query('update person set is_disabled = false where email = $1', [
      email,
    ])
    if (entered.status === 200) {
      const cookie = entered.setCookie.split(';')[0] ?? ''
      const { status } = await browserOf(app, cookie, '').ask('GET', '/session')
      expect(status).toBe(401)
    } else {
      expect([entered.status, entered.body.code]).toEqual([401, 'identity/sign-in-refused'])
    }
  }
})
