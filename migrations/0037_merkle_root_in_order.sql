-- The same root in time that grows with the leaves. Reading an array of variable-length items by
-- place walks it from its beginning, so a hundred thousand entries in one event took minutes.

create or replace function merkle_root(leaves bytea[]) returns text
  language plpgsql immutable parallel safe
  as $$
declare
  level bytea[] := leaves;
begin
  if coalesce(cardinality(level), 0) = 0 then
    return '';
  end if;
  while cardinality(level) > 1 loop
    select array_agg(
      case when pair.next is null then pair.hash
      else sha256('\x01'::bytea || pair.hash || pair.next) end
      order by pair.place)
    into level
    from (
      select leaf.place, leaf.hash, lead(leaf.hash) over (order by leaf.place) as next
      from unnest(level) with ordinality as leaf (hash, place)
    ) as pair
    where pair.place % 2 = 1;
  end loop;
  return encode(level[1], 'hex');
end
$$;
