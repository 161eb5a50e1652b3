-- As for expenditures: who may open a document of the budget may know what became of it, and why it
-- was returned. Of a code that was proposed, deleted and proposed again, only what follows the last
-- proposal: the one before may have been of somebody else.
create function document_history(asked_kind text, asked_key text) returns table (
  sequence bigint, at timestamptz, type text, actor text, payload text
)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  with document as (
    select commitment.organization from commitment
    where commitment.id = case when asked_kind = 'commitment' then asked_key::uuid end
    union all
    select revision.organization from revision
    where revision.id = case when asked_kind = 'revision' then asked_key::uuid end
    union all
    select year_end.organization from year_end
    where year_end.id = case when asked_kind = 'year-end' then asked_key::uuid end
    union all
    select relation_proposal.organization from relation_proposal
    where relation_proposal.id = case when asked_kind = 'relation' then asked_key::uuid end
    union all
    select envelope_proposal.organization from envelope_proposal
    where asked_kind = 'envelope' and envelope_proposal.code = asked_key
  )
  select event.sequence, event.at, event.type, event.actor, event.payload
  from event
  where event.subject = asked_kind || '/' || asked_key
    and event.sequence >= coalesce(
      (
        select max(entered.sequence) from event as entered
        where entered.subject = asked_kind || '/' || asked_key
          and entered.type = asked_kind || '.entered'
      ),
      0
    )
    and exists (
      select from document
      where reaches_everything() or document.organization = any (reached_organizations())
    )
  order by event.sequence
$$;
comment on function document_history(text, text) is
  'events about a commitment, revision, year-end, relation or envelope proposal, for who may open it';
revoke execute on function document_history from public;
grant execute on function document_history to vigie_service;
