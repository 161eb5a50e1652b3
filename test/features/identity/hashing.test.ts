import { afterAll, describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from '#features/identity/hashing.public.ts'
import { watchHashings } from '#test/support/hashings.ts'

const hashings = watchHashings()
afterAll(() => hashings.stop())

describe('what is kept of a password', () => {
  test('tells its parameters, and is another text each time', async () => {
    const [one, other] = [await hashPassword('un secret'), await hashPassword('un secret')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(other).not.toBe(one)
    for (const kept of [one, other]) {
      expect(await verifyPassword('un secret', kept)).toEqual({ isRight: true, isOutdated: false })
      expect((await verifyPassword('un secre', kept)).isRight).toBe(false)
    }
  })

  /** Made by the reference implementation: `echo -n password | argon2 somesalt -id -k 65536 -t 2`. */
  test('is read as other programs write it', async () => {
    const kept =
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await verifyPassword('password', kept)).toEqual({ isRight: true, isOutdated: true })
    expect(await verifyPassword('Password', kept)).toEqual({ isRight: false, isOutdated: false })
  })

  test('is nothing for nobody, after as much work', async () => {
    const hashed = await hashings.countOf(async () => {
      expect(await verifyPassword('', null)).toEqual({ isRight: false, isOutdated: false })
    })
    expect(hashed).toBe(1)
  })

  test('in a form that cannot be read is a fault, not a refusal', () =>
    expect(verifyPassword('un secret', '$argon2i$v=19$m=1,t=1,p=1$AA$AA')).rejects.toThrow(
      'cannot be read',
    ))
})

describe('hashings', () => {
  test('are two at a time; 64 wait, and the next is told to come back', async () => {
    const asked = Array.from({ length: 67 }, () => verifyPassword('un secret', null))
    const settled = await Promise.allSettled(asked)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(66)
    expect(settled[66]).toMatchObject({ reason: { code: 'identity/sign-in-busy' } })
    expect(hashings.mostAtOnce).toBe(2)
    expect((await verifyPassword('un secret', null)).isRight).toBe(false)
  })
})
