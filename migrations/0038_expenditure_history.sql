-- Who may open an expenditure may know what became of it, and why it was returned. Events are read by
-- who reaches every document: this shows those of one, to who reaches that one, and nothing else.
create function expenditure_history(asked uuid) returns table (
  sequence bigint, at timestamptz, type text, actor text, payload text
)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select
    event.sequence, event.at, event.type, event.actor,
    case when event.subject = 'expenditure/' || asked then event.payload end
  from expenditure
  inner join event on event.subject = 'expenditure/' || expenditure.id
    or event.id in (
      select expenditure_seal.event from expenditure_seal
      where expenditure_seal.expenditure = expenditure.id
      union
      select journal_entry.event from journal_entry
      where journal_entry.id in (expenditure.entry, expenditure.reversal_entry)
    )
  where expenditure.id = asked
    and (reaches_everything() or expenditure.organization = any (reached_organizations()))
  order by event.sequence
$$;
comment on function expenditure_history(uuid) is
  'events that speak of an expenditure, for who may open it; payload of those that speak of it alone';
revoke execute on function expenditure_history from public;
grant execute on function expenditure_history to vigie_service;

-- People also submit drafts together, outside any import. What an import's approver saw is what the
-- import sealed, and who approves may not read the event that tells the two apart.
create function is_event_of_import(event_id uuid) returns boolean
  language sql stable strict parallel safe security definer set search_path = public, pg_temp
  return exists (
    select from event where event.id = event_id and event.subject like 'import/%'
  );
comment on function is_event_of_import(uuid) is 'whether an event is about an import, and nothing else';
revoke execute on function is_event_of_import from public;
grant execute on function is_event_of_import to vigie_service;
