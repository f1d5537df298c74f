SELECT freshet.drop_stages(7, ARRAY[]::text[]);

SELECT freshet.set_up_key('public.st'::regclass, ARRAY['id']);
