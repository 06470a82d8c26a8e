-- A changed address takes the place of the member's former one, which is found by the member.
create index address_by_member on address (organisation, member);
