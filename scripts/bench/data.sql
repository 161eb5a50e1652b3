-- Plausible spending over the official plan, drawn from nothing but a number: the same on every
-- machine and in every run. Dropped with its database.
create schema bench;
grant usage on schema bench to vigie_service;

-- Where money is spent: each measure by each of its leads, and each federal envelope, in every month
-- of its term up to March 2026.
create table bench.cell as
with stand as (
  select measure.code as measure, envelope_measure.envelope, measure_lead.organization
  from measure
  inner join measure_lead on measure_lead.measure = measure.code
  left join envelope_measure on envelope_measure.measure = measure.code
  where measure.funding in ('own', 'shared', 'self_funded')
  union all
  select null, envelope.code, envelope.organization
  from envelope
  where not exists (
    select from envelope_measure where envelope_measure.envelope = envelope.code
  )
),
term as (
  select
    funding_term.envelope,
    min(substr(funding_term.first_fiscal_year, 1, 4)::integer) as first_year,
    max(least(coalesce(substr(funding_term.last_fiscal_year, 1, 4)::integer, 2025), 2025))
      as last_year
  from funding_term
  group by funding_term.envelope
),
dated as (
  select stand.*, first_day::date as first_day
  from stand
  left join term on term.envelope = stand.envelope
  cross join lateral generate_series(
    make_date(coalesce(term.first_year, 2021), 4, 1)::timestamp,
    make_date(coalesce(term.last_year, 2025) + 1, 3, 1)::timestamp,
    '1 month') as first_day
),
budget as (
  select journal_balance.envelope, greatest(sum(journal_balance.amount), 0) as amount
  from journal_balance
  where journal_balance.account = 'available'
  group by journal_balance.envelope
)
select
  -- a fixed shuffle: neighbours in the list are strangers
  (row_number() over (order by md5(
    concat_ws('/', dated.measure, dated.envelope, dated.organization, dated.first_day))) - 1
  )::integer as place,
  dated.*,
  fiscal_year_of(dated.first_day) as fiscal_year,
  period_of(dated.first_day) as period,
  -- half of what is left of an envelope, evenly over its cells
  coalesce(50 * budget.amount / count(*) over (partition by dated.envelope), 5000000)::bigint
    as cents
from dated
left join budget on budget.envelope = dated.envelope;

alter table bench.cell add constraint cell_pk primary key (place);
grant select on bench.cell to vigie_service;

-- Four bytes from a number: two multiplicative hashes, one after the other.
create function bench.scatter(n bigint, seed bigint) returns bigint
  language sql immutable parallel safe
  return ((n * 2654435761 + seed) % 4294967296 * 1103515245 + seed) % 4294967296;

-- Numbers first_n … last_n of so many expenditures: the first ones visit each cell once, the others
-- visit some cells more than others.
create function bench.drawn(first_n bigint, last_n bigint, total bigint)
  returns table (
    n bigint, id uuid, organization text, measure text, envelope text, service_date date,
    fiscal_year text, period smallint, amount numeric, flags text[]
  )
  language sql stable
  begin atomic
    with size as (
      select count(*)::integer as cells from bench.cell
    ),
    placed as (
      select
        listed.n, size.cells,
        case
          when listed.n <= size.cells then listed.n - 1
          else trunc(size.cells * (bench.scatter(listed.n, 1) / 4294967296.0::float) ^ 1.2)
        end::integer as place
      from generate_series(first_n, last_n) as listed (n)
      cross join size
    )
    select
      placed.n, md5('expenditure ' || placed.n)::uuid, cell.organization, cell.measure,
      cell.envelope, cell.first_day + (placed.n % 28)::integer, cell.fiscal_year, cell.period,
      round(0.01 * (1 + bench.scatter(placed.n, 2) % (2 * cell.cents * placed.cells / total + 9)), 2),
      case when cell.place % 50 = 0 then array['possible-duplicate'] else array[]::text[] end
    from placed
    inner join bench.cell on cell.place = placed.place;
  end;

-- Submitted drafts of March 2026, in turn in each measure that has an envelope, by its first lead.
-- A number has twelve digits and ends the id, so that pgbench can name it. A dollar at most: nothing
-- is over-spent.
create function bench.draft(first_n bigint, last_n bigint)
  returns table (
    n bigint, id uuid, organization text, measure text, envelope text, service_date date,
    fiscal_year text, amount numeric
  )
  language sql stable
  begin atomic
    with open_cell as (
      select
        cell.*, row_number() over (order by cell.place) - 1 as turn, count(*) over () as turns
      from bench.cell
      inner join measure_lead on measure_lead.measure = cell.measure
        and measure_lead.organization = cell.organization
      where cell.envelope is not null and cell.first_day = date '2026-03-01'
        and measure_lead.place = (
          select min(other.place) from measure_lead as other where other.measure = cell.measure
        )
    )
    select
      listed.n, ('00000000-0000-4000-8000-' || listed.n)::uuid,
      open_cell.organization, open_cell.measure, open_cell.envelope, open_cell.first_day,
      open_cell.fiscal_year, round(0.01 * (1 + listed.n % 100), 2)
    from generate_series(first_n, last_n) as listed (n)
    inner join open_cell on open_cell.turn = listed.n % open_cell.turns;
  end;
