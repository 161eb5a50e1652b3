import { describeHostile } from '#test/support/hostile-suite.ts'

describeHostile('a file to import', 'upload', ({ outcome }) => outcome)
