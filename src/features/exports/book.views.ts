import type { Bilingual, Language } from '#core/language.ts'
import type { Sheet } from '#platform/tables/workbook.ts'
import type { Check } from './checks.views.ts'
import type { CoverItem } from './cover.views.ts'
import type { PlacedSheet, SheetParts, SheetPlan } from './sheet-plan.views.ts'
import type { WorkbookSources } from './workbook-sources.ts'

/**
 * What the workbook of a report is made of. Sheets are planned, then placed, then drawn, so that any
 * formula may name a cell of any sheet, the cover's included, by the role of the sheet and the key
 * of the column.
 */
export type Places<Role extends string, Long extends string = never> = Readonly<
  Record<Role | 'cover' | 'checks', PlacedSheet>
> &
  Readonly<Record<Long, SheetParts>> & {
    /** The address of a value of the cover. @throws RangeError for a name it does not have */
    readonly onCover: (name: string) => string
  }

export interface BookSheet<Role extends string, Long extends string = never> {
  /** By which formulas find it. */
  readonly role: Role | Long
  readonly name: Bilingual
  readonly plan: SheetPlan
  /** One, or where its rows take several sheets one each. */
  readonly draw: (places: Places<Role, Long>) => Sheet | readonly Sheet[]
  /** Of a role that may take several sheets: how many rows one takes. */
  readonly sheetRows?: number
  /** Stands after the checks and the dictionary. */
  readonly isAppendix?: boolean
}

export interface Book<Role extends string, Long extends string = never> {
  readonly sources: WorkbookSources
  readonly language: Language
  /** What was asked, in words. */
  readonly question: readonly CoverItem<Places<Role, Long>>[]
  /** Whom it is made for, since what it shows depends on what its reader may open. */
  readonly audience: Bilingual
  /** Figures that the record gives: typed, named `control.…`, in a block of their own. */
  readonly control: readonly CoverItem<Places<Role, Long>>[]
  /** What the cover says besides, after the numbers of rows. */
  readonly further?: readonly CoverItem<Places<Role, Long>>[]
  readonly sheets: readonly BookSheet<Role, Long>[]
  readonly checks: readonly Check<Places<Role, Long>>[]
}
