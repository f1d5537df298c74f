-- == all of them grow
SELECT add_people(61, 70), add_auctions(81, 100), add_bids(901, 1000);
-- == some bids are withdrawn, and an auction is extended
DELETE FROM bid WHERE bidder IN (3, 20) OR price = 151;
UPDATE auction SET expires = expires + interval '3 minutes', category = 10 WHERE id % 9 = 0;
UPDATE bid SET price = price + 10 WHERE auction IN (7, 8);
-- == people move and go, with what they sold
UPDATE person SET state = 'OR', id = id + 1000 WHERE id IN (5, 6);
UPDATE auction SET seller = seller + 1000 WHERE seller IN (5, 6);
DELETE FROM person WHERE id = 12;
DELETE FROM auction WHERE seller = 13;
-- == the same bids once more
INSERT INTO bid SELECT * FROM bid WHERE auction < 20;
-- == nearly all bids go
DELETE FROM bid WHERE at > '2024-05-01 00:02Z';
-- == and come again
SELECT add_bids(300, 500), add_people(12, 12);
