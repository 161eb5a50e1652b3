-- What closing a period asks of its tie-out. An administrator closes and sees no extract and no
-- matching: only how things stand is told.

create function tie_out_of(
  of_organization text, of_fiscal_year text, of_period smallint,
  out has_extract boolean, out is_signed boolean, out is_current boolean
)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  with loaded as (
    select extract.id from extract
    where extract.organization = of_organization
      and extract.fiscal_year = of_fiscal_year
      and extract.period = of_period
      and not exists (select from extract as later where later.supersedes = extract.id)
  ),
  last_run as (
    select match_run.id, match_run.state, match_run.extract, match_run.carried_from
    from match_run
    where match_run.organization = of_organization
      and match_run.fiscal_year = of_fiscal_year
      and match_run.period = of_period
    order by match_run.place desc
    limit 1
  ),
  expected as (
    select journal_side.expenditure, journal_side.amount
    from last_run
    cross join lateral journal_side(
      of_organization, of_fiscal_year, of_period, last_run.carried_from) as journal_side
  ),
  held as (
    select match_line.expenditure, match_line.amount::numeric
    from match_line
    inner join last_run on last_run.id = match_line.run
    where match_line.side = 'journal'
  )
  select
    exists (select from loaded),
    exists (select from last_run where last_run.state = 'signed'),
    exists (select from last_run inner join loaded on loaded.id = last_run.extract)
      and not exists ((table expected except table held) union all (table held except table expected))
  $$;
comment on function tie_out_of(text, text, smallint) is
  'whether a period has an extract, its last run is signed, and holds what extract and journal hold now';
