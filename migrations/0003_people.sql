-- Who may act: people, the roles they hold for an organization, and the tokens they act with.

create table person (
  id uuid not null default gen_random_uuid(),
  email text not null,
  name text not null,
  is_disabled boolean not null default false,
  version integer not null default 1,
  constraint person_pk primary key (id),
  constraint person_email_once unique (email),
  constraint person_email_is_lower_case check (email = lower(email) and email <> ''),
  constraint person_name_not_empty check (name <> '')
);
comment on table person is 'somebody who may act, or the system itself; never deleted, only disabled';
comment on column person.email is 'immutable: documents and events name people by it';
insert into person (email, name) values ('system', 'Vigie');

create table person_role (
  person uuid not null,
  role text not null,
  organization text not null,
  constraint person_role_pk primary key (person, role, organization),
  constraint person_role_person_fk foreign key (person) references person (id),
  constraint person_role_known check (
    role in ('officer', 'approver', 'auditor', 'analyst', 'administrator')
  ),
  constraint person_role_scope check (
    (role in ('officer', 'approver')) = (organization <> '*')
  )
);
comment on table person_role is 'role held for one organization, or * for all of them';

create table api_token (
  hash text not null,
  person uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint api_token_pk primary key (hash),
  constraint api_token_person_fk foreign key (person) references person (id)
);
create index api_token_by_person on api_token (person);
comment on table api_token is 'bearer tokens; only their SHA-256 is kept';

grant select, insert on person, person_role, api_token to vigie_service;
grant update (name, is_disabled, version) on person to vigie_service;
grant delete on person_role, api_token to vigie_service;
