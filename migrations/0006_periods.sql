-- Accounting periods of an organization: 1 to 12 are April to March, 13 is the supplementary one.
-- A period without a row has never been used and is open once it has begun.

create table period (
  organization text not null,
  fiscal_year fiscal_year not null,
  number smallint not null,
  is_closed boolean not null default false,
  version integer not null default 1,
  constraint period_pk primary key (organization, fiscal_year, number),
  constraint period_organization_fk foreign key (organization) references organization (code),
  constraint period_number_known check (number between 1 and 13)
);
comment on table period is
  'a period that was used or closed; posting locks its row for share, closing for update';
grant select, insert on period to vigie_service;
grant update (is_closed, version) on period to vigie_service;
