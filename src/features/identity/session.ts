/**
 * A session: somebody signed in with a browser. The cookie holds 32 random bytes in base64url; the
 * database only their SHA-256. It ends after 12 hours, or after 30 minutes without a request
 * (NIST SP 800-63B, section 2.2.3), at once when the person signs out, is disabled, or has other
 * roles or another password. `__Host-` makes browsers refuse the cookie unless it is Secure, of
 * this host alone and for every path.
 */
export const sessionCookie = '__Host-vigie'
export const sessionHours = 12
export const sessionIdleMinutes = 30

export const cookieOptions = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'strict',
} as const

export const isSessionForm = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)
