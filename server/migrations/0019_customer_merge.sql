-- The customer that stands for this one too, where somebody said that both are the same: for finding all that one stands for.
alter table customer add column united_into text;

create index customer_by_united_into on customer (organisation, united_into);
