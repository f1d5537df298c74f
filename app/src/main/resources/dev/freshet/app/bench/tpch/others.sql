DELETE FROM freshet_bench.orders
WHERE o_orderkey IN (SELECT 1 + freshet_bench.pick(g, {seed} + 1, {orders}) FROM generate_series(1, {deleted}) g);
CALL freshet_bench.add_orders({next}, {next} + {inserted} - 1);
UPDATE freshet_bench.orders
SET o_orderpriority = CASE o_orderpriority WHEN '1-URGENT' THEN '5-LOW' ELSE '1-URGENT' END, o_orderdate = o_orderdate + 30,
    o_totalprice = o_totalprice + 1, o_custkey = 1 + freshet_bench.pick(o_orderkey, {seed}, {customers})
WHERE o_orderkey IN (SELECT 1 + freshet_bench.pick(g, {seed} + 4, {orders}) FROM generate_series(1, {updated}) g);
UPDATE freshet_bench.customer
SET c_acctbal = c_acctbal + 100, c_mktsegment = CASE c_mktsegment WHEN 'BUILDING' THEN 'MACHINERY' ELSE 'BUILDING' END
WHERE c_custkey IN (SELECT 1 + freshet_bench.pick(g, {seed} + 5, {customers}) FROM generate_series(1, 1 + {customers} * {updated} / {orders}) g);
UPDATE freshet_bench.part SET p_size = 1 + (p_size + 7) % 50, p_name = 'forest ' || p_name
WHERE p_partkey IN (SELECT 1 + freshet_bench.pick(g, {seed} + 6, {parts}) FROM generate_series(1, 1 + {parts} * {updated} / {orders}) g);
UPDATE freshet_bench.partsupp SET ps_supplycost = ps_supplycost + 1, ps_availqty = 1 + (ps_availqty + 777) % 9999
WHERE ps_partkey IN (SELECT 1 + freshet_bench.pick(g, {seed} + 7, {parts}) FROM generate_series(1, 1 + {parts} * {updated} / {orders}) g);
UPDATE freshet_bench.supplier
SET s_acctbal = s_acctbal + 1, s_comment = CASE WHEN s_comment LIKE '%Complaints' THEN 'supplies' ELSE 'Customer had Complaints' END,
    s_nationkey = (s_nationkey + 1) % 25
WHERE s_suppkey IN (SELECT 1 + freshet_bench.pick(g, {seed} + 8, {suppliers}) FROM generate_series(1, 1 + {suppliers} * {updated} / {orders}) g);
