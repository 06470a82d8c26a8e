-- Which of the device's numbers have arrived, as a JSON list of ranges, so that no push counts its receipts. Null until its next push.
alter table device add column arrived text;

drop index receipt_by_number;
