SELECT freshet.drop_stages(7, ARRAY['s1']::text[]);

CREATE TABLE IF NOT EXISTS freshet_state.s1 AS SELECT c.city AS k1, count(*) AS p1, sum(c.id) AS p2
FROM shop.customers AS c
GROUP BY c.city WITH NO DATA;

SELECT freshet.set_up_key('freshet_state.s1'::regclass, '{}'::text[]);

SELECT freshet.set_up_room('freshet_state.s1'::regclass);

SELECT freshet.set_up_hash('freshet_state.s1'::regclass, 'hash_record_extended(ROW(k1), 0)');

SELECT freshet.set_up_stage('freshet_state.s1'::regclass, 's1_d');

SELECT freshet.set_up_key('public.st'::regclass, '{}'::text[]);

SELECT freshet.set_up_hash('public.st'::regclass, 'hash_record_extended(ROW(city), 0)');
