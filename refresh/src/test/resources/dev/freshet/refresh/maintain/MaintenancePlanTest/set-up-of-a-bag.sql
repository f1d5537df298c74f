SELECT freshet.drop_stages(7, ARRAY[]::text[]);

SELECT freshet.set_up_key('public.st'::regclass, '{}'::text[]);

SELECT freshet.set_up_hash('public.st'::regclass, 'hash_record_extended(ROW(page, seconds), 0)');
