import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languageOf } from '#platform/http/language.ts'

describe('the language of the sentences', () => {
  test.each([
    [undefined, 'fr', 'French is the service’s own'],
    ['', 'fr', 'an empty header asks for nothing'],
    ['fr', 'fr', ''],
    ['en', 'en', ''],
    ['EN-ca', 'en', 'a region and capitals change nothing'],
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr', 'a French browser'],
    ['en-CA,en;q=0.9,fr;q=0.8', 'en', 'an English browser'],
    ['en;q=0.8, fr', 'fr', 'one without a weight weighs 1'],
    ['fr;q=0.8, en;q=0.801', 'en', 'three decimals count'],
    ['en, fr', 'en', 'equal weights: the first one named'],
    ['fr;q=0.5,en;q=0.5', 'fr', 'equal weights: the first one named'],
    ['en-US;q=0.3, fr;q=0.5, en;q=0.9', 'en', 'a language has its best weight'],
    ['*', 'fr', 'anything: the service’s own'],
    ['de, *;q=0.5', 'fr', 'German there is none'],
    ['de, en;q=0.2', 'en', 'English rather than nothing of what was asked'],
    ['de', 'fr', 'nothing of what was asked'],
    ['*, fr;q=0.1', 'en', 'anything rather than French'],
    ['fr;q=0', 'en', 'French is refused'],
    ['fr;q=0, en;q=0', 'fr', 'both are refused'],
    ['en;q=0, *', 'fr', 'English is refused'],
    ['en;q=0.000, fr;q=0.001', 'fr', 'no weight is a refusal'],
    ['en ; q=0.9 , fr ; q=0.1', 'en', 'space is allowed'],
    ['en;q=2', 'fr', 'a malformed weight is left out'],
    ['en;q=-1', 'fr', 'a malformed weight is left out'],
    ['en;q=', 'fr', 'a malformed weight is left out'],
    ['en;q=0.5;x=1', 'fr', 'an unknown parameter is left out'],
    ['english', 'fr', 'a tag that only begins alike'],
    [',,;,', 'fr', 'nothing in it'],
  ])('%j is %s: %s', (header, language, _why) => {
    expect(languageOf(header)).toBe(language)
  })

  test('any header at all gives one of the two', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (header) => {
        expect(['fr', 'en']).toContain(languageOf(header))
      }),
      { seed: 20_260_403, numRuns: 500 },
    )
  })
})
