-- what passes through
SELECT auction, bidder, price, at FROM bid;
-- in another currency
SELECT auction, bidder, 0.908 * price AS price, at FROM bid;
-- bids for some auctions
SELECT auction, price FROM bid WHERE auction % 23 = 0;
-- who sells in category 10 in three states
SELECT p.name, p.city, p.state, a.id FROM auction a JOIN person p ON a.seller = p.id WHERE a.category = 10 AND p.state IN ('OR', 'ID', 'CA');
-- average of the winning prices of each category
SELECT category, avg(final) AS mean FROM (SELECT max(b.price) AS final, a.category FROM auction a JOIN bid b ON a.id = b.auction WHERE b.at BETWEEN a.at AND a.expires GROUP BY a.id, a.category) q GROUP BY category;
-- the auctions with most bids in windows of a minute that begin every twenty seconds
WITH counted AS (SELECT auction, start, count(*) AS num FROM bid CROSS JOIN LATERAL generate_series(date_bin('20 seconds', at, '2024-05-01 00:00Z') - interval '40 seconds', at, interval '20 seconds') AS start GROUP BY auction, start) SELECT c.auction, c.start, c.num FROM counted c JOIN (SELECT max(num) AS most, start FROM counted GROUP BY start) m ON c.start = m.start AND c.num >= m.most;
-- average of the last ten winning prices of each seller
SELECT seller, at, avg(price) OVER (PARTITION BY seller ORDER BY at, id ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) AS mean FROM (SELECT DISTINCT ON (a.id) a.id, a.seller, b.price, b.at FROM auction a JOIN bid b ON a.id = b.auction WHERE b.at BETWEEN a.at AND a.expires ORDER BY a.id, b.price DESC, b.at, b.bidder) q;
-- the highest bid of each ten seconds
SELECT b.auction, b.price, b.bidder, b.at FROM bid b JOIN (SELECT max(price) AS price, date_bin('10 seconds', at, '2024-05-01 00:00Z') AS start FROM bid GROUP BY date_bin('10 seconds', at, '2024-05-01 00:00Z')) m ON b.price = m.price AND b.at >= m.start AND b.at < m.start + interval '10 seconds';
-- who came and sold in the same minute
SELECT p.id, p.name, p.start FROM (SELECT id, name, date_trunc('minute', at) AS start FROM person GROUP BY id, name, date_trunc('minute', at)) p JOIN (SELECT seller, date_trunc('minute', at) AS start FROM auction GROUP BY seller, date_trunc('minute', at)) a ON p.id = a.seller AND p.start = a.start;
-- the winning bid of each auction
SELECT id, item, seller, bidder, price FROM (SELECT a.*, b.bidder, b.price, row_number() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.at, b.bidder) AS place FROM auction a JOIN bid b ON a.id = b.auction WHERE b.at BETWEEN a.at AND a.expires) q WHERE place = 1;
-- bids of each bidder, in sessions without a gap of ten seconds
SELECT bidder, count(*) AS bids, min(at) AS started, max(at) AS ended FROM (SELECT bidder, at, count(*) FILTER (WHERE new) OVER (PARTITION BY bidder ORDER BY at) AS session FROM (SELECT bidder, at, coalesce(at - lag(at) OVER (PARTITION BY bidder ORDER BY at) > interval '10 seconds', true) AS new FROM bid) g) s GROUP BY bidder, session;
-- statistics of each minute, distinct bidders and auctions among them
SELECT date_trunc('minute', at) AS minute, count(*) AS total, count(*) FILTER (WHERE price < 50) AS low, count(*) FILTER (WHERE price >= 100) AS high, count(DISTINCT bidder) AS bidders, count(DISTINCT auction) FILTER (WHERE price < 50) AS cheap FROM bid GROUP BY date_trunc('minute', at);
-- statistics of each channel and minute
SELECT channel, date_trunc('minute', at) AS minute, max(to_char(at AT TIME ZONE 'UTC', 'HH24:MI')) AS last, count(*) AS total, count(DISTINCT bidder) AS bidders FROM bid GROUP BY channel, date_trunc('minute', at);
-- statistics of each auction
SELECT auction, count(*) AS total, count(*) FILTER (WHERE price < 50) AS low, min(price) AS least, max(price) AS greatest, avg(price) AS mean, sum(price) AS sum FROM bid GROUP BY auction;
-- the last bid of each bidder for each auction
SELECT auction, bidder, price, at FROM (SELECT *, row_number() OVER (PARTITION BY bidder, auction ORDER BY at DESC, price) AS place FROM bid) q WHERE place <= 1;
-- the ten highest bids of each auction
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY auction ORDER BY price DESC, at, bidder) AS place FROM bid) q WHERE place <= 10;
-- bids with their auctions
SELECT b.auction, b.price, b.bidder, a.item, a.seller, a.category FROM bid b JOIN auction a ON b.auction = a.id WHERE a.category = 10;
-- a channel's number
SELECT auction, price, channel, CASE lower(channel) WHEN 'apple' THEN '0' WHEN 'google' THEN '1' ELSE (regexp_match(url, '/item/([0-9])'))[1] END AS number FROM bid WHERE channel IN ('apple', 'google') OR url ~ '/item/';
-- parts of addresses
SELECT auction, bidder, split_part(url, '/', 4) AS one, split_part(url, '/', 5) AS two FROM bid;
-- three tables, people on both ends
SELECT s.name AS seller, b.price, p.name AS bidder FROM bid b JOIN auction a ON a.id = b.auction JOIN person s ON s.id = a.seller LEFT JOIN person p ON p.id = b.bidder WHERE b.price > 120;
-- sellers without a bid
SELECT p.id, p.name FROM person p WHERE EXISTS (SELECT FROM auction a WHERE a.seller = p.id) AND NOT EXISTS (SELECT FROM auction a JOIN bid b ON b.auction = a.id WHERE a.seller = p.id AND b.price > 148);
