/** How often a randomized test tries: `npm test` a part of what `npm run test:long` does. */
export const runs = <T>(short: T, long: T): T => (process.env.TEST_LONG === '1' ? long : short)
