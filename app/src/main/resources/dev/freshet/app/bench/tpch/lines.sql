UPDATE freshet_bench.lineitem
SET l_quantity = 1 + (l_quantity + 7) % 50, l_extendedprice = l_extendedprice + 1, l_discount = 0.10 - l_discount,
    l_receiptdate = l_receiptdate + 5
WHERE l_orderkey IN (SELECT 1 + freshet_bench.pick(g, {seed}, {orders}) FROM generate_series(1, {updated}) g);
DELETE FROM freshet_bench.lineitem
WHERE l_orderkey IN (SELECT 1 + freshet_bench.pick(g, {seed} + 1, {orders}) FROM generate_series(1, {deleted}) g);
INSERT INTO freshet_bench.lineitem
SELECT l_orderkey, 1 + freshet_bench.pick(g, {seed} + 3, {parts}), l_suppkey, l_linenumber + 7, l_quantity, l_extendedprice, l_discount, l_tax,
       l_returnflag, l_linestatus, l_shipdate, l_commitdate, l_receiptdate, l_shipinstruct, l_shipmode
FROM generate_series(1, {inserted}) g JOIN freshet_bench.lineitem ON l_orderkey = 1 + freshet_bench.pick(g, {seed} + 2, {orders})
ON CONFLICT DO NOTHING;
