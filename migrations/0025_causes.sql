-- Why a total moved between two positions: each entry under the first cause that fits. The rule is
-- here, once, so that a bridge and the list of entries behind one of its rows cannot disagree.

create function entry_cause(kind text, reverses bigint, flags text[], event_type text) returns text
  language sql immutable parallel safe
  return case
    when event_type = 'expenditure.reclassified' then 'reclassification'
    when reverses is not null then 'reversal'
    when kind = 'refund' then 'refund'
    when 'late-item' = any (flags) then 'late-item'
    when kind in ('expenditure', 'self-funded') then 'spending'
    when kind = 'appropriation' then 'opening-of-year'
    when kind in ('supplement', 'reduction') then 'supplement-reduction'
    when kind in ('transfer', 'distribution') then 'transfer-distribution'
    when kind in ('commitment', 'release') then 'commitment-release'
    else kind
  end;
comment on function entry_cause(text, bigint, text[], text) is
  'first cause that fits an entry; what remains is its own: carry-forward and lapse';

create function effects_between(after_position bigint, up_to_position bigint) returns table (
  cause text, account text, kind text, envelope text, measure text, organization text,
  fiscal_year text, amount numeric
)
  language sql stable strict security definer set search_path = public, pg_temp
  begin atomic
    select
      entry_cause(journal_entry.kind, journal_entry.reverses, journal_entry.flags, event.type),
      journal_line.account, journal_entry.kind, journal_line.envelope, journal_line.measure,
      journal_line.organization, journal_line.fiscal_year::text, sum(journal_line.amount)
    from event
    inner join journal_entry on journal_entry.event = event.id
    inner join journal_line on journal_line.entry = journal_entry.id
    where event.sequence > after_position
      and event.sequence <= up_to_position
      and journal_line.account in ('available', 'committed', 'spent')
    group by 1, 2, 3, 4, 5, 6, 7;
  end;
comment on function effects_between(bigint, bigint) is
  'what the entries after a position, up to another, add to each balance, by cause';

revoke execute on function entry_cause, effects_between from public;
grant execute on function entry_cause, effects_between to vigie_service;
