-- People offer things in auctions and bid for those of others, after the tables of Nexmark.
CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL, email text, city text, state text, at timestamptz NOT NULL);
CREATE TABLE auction (id bigint PRIMARY KEY, item text, description text, initial_bid bigint, reserve bigint, at timestamptz NOT NULL,
    expires timestamptz NOT NULL, seller bigint NOT NULL, category int);
CREATE TABLE bid (auction bigint NOT NULL, bidder bigint NOT NULL, price bigint NOT NULL, channel text, url text, at timestamptz NOT NULL);
CREATE INDEX ON auction (seller);
CREATE INDEX ON bid (auction);
CREATE INDEX ON bid (bidder);

CREATE FUNCTION add_people(first int, last int) RETURNS void LANGUAGE sql AS $$
    INSERT INTO person SELECT i, 'person ' || i, CASE WHEN i % 7 > 0 THEN i || '@example.org' END, 'city ' || i % 5,
        (ARRAY['OR', 'ID', 'CA', 'WA', NULL])[1 + i % 5], timestamptz '2024-05-01 00:00Z' + i * interval '11 seconds'
    FROM generate_series(first, last) i $$;
CREATE FUNCTION add_auctions(first int, last int) RETURNS void LANGUAGE sql AS $$
    INSERT INTO auction SELECT i, 'item ' || i % 17, NULL, i % 50, nullif(i % 90, 0) + 20, timestamptz '2024-05-01 00:00Z' + i * interval '7 seconds',
        timestamptz '2024-05-01 00:00Z' + i * interval '7 seconds' + (i % 10) * interval '1 minute', 1 + i * 13 % 60, 10 + i % 5
    FROM generate_series(first, last) i $$;
CREATE FUNCTION add_bids(first int, last int) RETURNS void LANGUAGE sql AS $$
    INSERT INTO bid SELECT 1 + i * 31 % 90, 1 + i * 17 % 70, 1 + i * 7919 % 151, (ARRAY['apple', 'google', 'baidu', NULL])[1 + i % 4],
        'https://www.example.org/' || i % 9 || '/item/' || i % 4, timestamptz '2024-05-01 00:00Z' + i * interval '900 milliseconds'
    FROM generate_series(first, last) i $$;
SELECT add_people(1, 60), add_auctions(1, 80), add_bids(1, 900);
