CREATE SCHEMA freshet_bench;
SET search_path = freshet_bench;

-- The same number of 0 .. below for the same key and salt.
CREATE FUNCTION pick(key bigint, salt bigint, below bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (hashint8extended(key, salt) & 9223372036854775807) % below;

CREATE FUNCTION word(key bigint, salt bigint, words text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN words[1 + pick(key, salt, cardinality(words))];

-- One of the four suppliers of a part.
CREATE FUNCTION supplier_of(part bigint, place bigint, suppliers bigint) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 1 + (part + place * (suppliers / 4 + (part - 1) / suppliers)) % suppliers;

CREATE FUNCTION price_of(part bigint) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (90000 + (part / 10) % 20001 + 100 * (part % 1000)) / 100.0;

CREATE TABLE region (r_regionkey int PRIMARY KEY, r_name text NOT NULL);
INSERT INTO region VALUES (0, 'AFRICA'), (1, 'AMERICA'), (2, 'ASIA'), (3, 'EUROPE'), (4, 'MIDDLE EAST');

CREATE TABLE nation (n_nationkey int PRIMARY KEY, n_name text NOT NULL, n_regionkey int NOT NULL REFERENCES region);
INSERT INTO nation VALUES
    (0, 'ALGERIA', 0), (1, 'ARGENTINA', 1), (2, 'BRAZIL', 1), (3, 'CANADA', 1), (4, 'EGYPT', 4), (5, 'ETHIOPIA', 0), (6, 'FRANCE', 3),
    (7, 'GERMANY', 3), (8, 'INDIA', 2), (9, 'INDONESIA', 2), (10, 'IRAN', 4), (11, 'IRAQ', 4), (12, 'JAPAN', 2), (13, 'JORDAN', 4),
    (14, 'KENYA', 0), (15, 'MOROCCO', 0), (16, 'MOZAMBIQUE', 0), (17, 'PERU', 1), (18, 'CHINA', 2), (19, 'ROMANIA', 3),
    (20, 'SAUDI ARABIA', 4), (21, 'VIETNAM', 2), (22, 'RUSSIA', 3), (23, 'UNITED KINGDOM', 3), (24, 'UNITED STATES', 1);

CREATE TABLE supplier (
    s_suppkey int PRIMARY KEY, s_name text NOT NULL, s_address text NOT NULL, s_nationkey int NOT NULL, s_phone text NOT NULL,
    s_acctbal numeric(15,2) NOT NULL, s_comment text NOT NULL);
INSERT INTO supplier
SELECT g, 'Supplier#' || lpad(g::text, 9, '0'), 'address ' || pick(g, 1, 100000), pick(g, 2, 25),
       (10 + pick(g, 2, 25)) || '-' || 100 + pick(g, 3, 900) || '-' || 1000 + pick(g, 4, 9000), pick(g, 5, 1099998) / 100.0 - 999.99,
       CASE pick(g, 6, 50) WHEN 0 THEN 'Customer had Complaints' WHEN 1 THEN 'Customer Recommends' ELSE 'supplies' END
FROM generate_series(1::bigint, {suppliers}) g;

CREATE TABLE part (
    p_partkey int PRIMARY KEY, p_name text NOT NULL, p_mfgr text NOT NULL, p_brand text NOT NULL, p_type text NOT NULL,
    p_size int NOT NULL, p_container text NOT NULL, p_retailprice numeric(15,2) NOT NULL);
INSERT INTO part
SELECT g, word(g, 1, '{almond,azure,blue,forest,green,ivory,lime,olive,red,sky}') || ' ' || word(g, 2, '{antique,dark,pale,rosy}'),
       'Manufacturer#' || 1 + pick(g, 3, 5), 'Brand#' || 1 + pick(g, 3, 5) || 1 + pick(g, 4, 5),
       word(g, 5, '{STANDARD,SMALL,MEDIUM,LARGE,ECONOMY,PROMO}') || ' ' || word(g, 6, '{ANODIZED,BURNISHED,PLATED,POLISHED,BRUSHED}')
           || ' ' || word(g, 7, '{TIN,NICKEL,BRASS,STEEL,COPPER}'),
       1 + pick(g, 8, 50), word(g, 9, '{SM,LG,MED,JUMBO,WRAP}') || ' ' || word(g, 10, '{CASE,BOX,BAG,JAR,PKG,PACK,CAN,DRUM}'), price_of(g)
FROM generate_series(1::bigint, {parts}) g;

CREATE TABLE partsupp (
    ps_partkey int NOT NULL, ps_suppkey int NOT NULL, ps_availqty int NOT NULL, ps_supplycost numeric(15,2) NOT NULL,
    PRIMARY KEY (ps_partkey, ps_suppkey));
INSERT INTO partsupp
SELECT g, supplier_of(g, i, {suppliers}), 1 + pick(g, 11 + i, 9999), 1 + pick(g, 15 + i, 99900) / 100.0
FROM generate_series(1::bigint, {parts}) g, generate_series(0, 3) i ON CONFLICT DO NOTHING;

CREATE TABLE customer (
    c_custkey int PRIMARY KEY, c_name text NOT NULL, c_address text NOT NULL, c_nationkey int NOT NULL, c_phone text NOT NULL,
    c_acctbal numeric(15,2) NOT NULL, c_mktsegment text NOT NULL, c_comment text NOT NULL);
INSERT INTO customer
SELECT g, 'Customer#' || lpad(g::text, 9, '0'), 'address ' || pick(g, 1, 100000), pick(g, 2, 25),
       (10 + pick(g, 2, 25)) || '-' || 100 + pick(g, 3, 900) || '-' || 1000 + pick(g, 4, 9000), pick(g, 5, 1099998) / 100.0 - 999.99,
       word(g, 6, '{AUTOMOBILE,BUILDING,FURNITURE,MACHINERY,HOUSEHOLD}'), 'buys'
FROM generate_series(1::bigint, {customers}) g;

CREATE TABLE orders (
    o_orderkey bigint PRIMARY KEY, o_custkey int NOT NULL, o_orderstatus text NOT NULL, o_totalprice numeric(15,2) NOT NULL,
    o_orderdate date NOT NULL, o_orderpriority text NOT NULL, o_clerk text NOT NULL, o_shippriority int NOT NULL, o_comment text NOT NULL);
CREATE TABLE lineitem (
    l_orderkey bigint NOT NULL, l_partkey int NOT NULL, l_suppkey int NOT NULL, l_linenumber int NOT NULL,
    l_quantity numeric(15,2) NOT NULL, l_extendedprice numeric(15,2) NOT NULL, l_discount numeric(15,2) NOT NULL, l_tax numeric(15,2) NOT NULL,
    l_returnflag text NOT NULL, l_linestatus text NOT NULL, l_shipdate date NOT NULL, l_commitdate date NOT NULL,
    l_receiptdate date NOT NULL, l_shipinstruct text NOT NULL, l_shipmode text NOT NULL, PRIMARY KEY (l_orderkey, l_linenumber));

-- Orders of these keys with all of their lines. One customer in three never orders.
CREATE PROCEDURE add_orders(first bigint, last bigint) LANGUAGE sql SET search_path = freshet_bench AS $$
    INSERT INTO orders
    SELECT g, c - (c % 3 = 0 AND c > 1)::int, CASE WHEN ordered < DATE '1995-06-17' THEN 'F' ELSE 'O' END, 1000 + pick(g, 2, 49900000) / 100.0,
           ordered, word(g, 4, '{1-URGENT,2-HIGH,3-MEDIUM,4-NOT SPECIFIED,5-LOW}'), 'Clerk#' || pick(g, 5, 1000), 0,
           CASE pick(g, 6, 50) WHEN 0 THEN 'special packages requests' ELSE 'ordered' END
    FROM generate_series(first, last) g, LATERAL (
        SELECT 1 + pick(g, 1, {customers}) AS c, DATE '1992-01-01' + pick(g, 3, 2406)::int AS ordered) d;
    INSERT INTO lineitem
    SELECT o.o_orderkey, p.part, supplier_of(p.part, pick(p.key, 2, 4), {suppliers}), i, p.quantity, p.quantity * price_of(p.part),
           pick(p.key, 4, 11) / 100.0, pick(p.key, 5, 9) / 100.0,
           CASE WHEN d.received > DATE '1995-06-17' THEN 'N' WHEN pick(p.key, 9, 2) = 0 THEN 'R' ELSE 'A' END,
           CASE WHEN d.shipped > DATE '1995-06-17' THEN 'O' ELSE 'F' END, d.shipped, o.o_orderdate + 30 + pick(p.key, 7, 61)::int, d.received,
           word(p.key, 10, '{DELIVER IN PERSON,COLLECT COD,NONE,TAKE BACK RETURN}'), word(p.key, 11, '{REG AIR,AIR,RAIL,SHIP,TRUCK,MAIL,FOB}')
    FROM orders o, LATERAL generate_series(1, 1 + pick(o.o_orderkey, 7, 7)) i,
         LATERAL (SELECT o.o_orderkey * 8 + i AS key, 1 + pick(o.o_orderkey * 8 + i, 1, {parts}) AS part,
                         1 + pick(o.o_orderkey * 8 + i, 3, 50) AS quantity) p,
         LATERAL (SELECT o.o_orderdate + 1 + pick(p.key, 6, 121)::int AS shipped,
                         o.o_orderdate + 2 + (pick(p.key, 6, 121) + pick(p.key, 8, 30))::int AS received) d
    WHERE o.o_orderkey BETWEEN first AND last
$$;
CALL add_orders(1, {orders});

CREATE INDEX ON supplier (s_nationkey);
CREATE INDEX ON partsupp (ps_suppkey);
CREATE INDEX ON customer (c_nationkey);
CREATE INDEX ON orders (o_custkey);
CREATE INDEX ON lineitem (l_partkey, l_suppkey);
CREATE INDEX ON lineitem (l_suppkey);
ANALYZE region, nation, supplier, part, partsupp, customer, orders, lineitem;
