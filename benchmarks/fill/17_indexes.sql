DO $$
DECLARE
    one record;
BEGIN
    ALTER TABLE identity.person_token ADD PRIMARY KEY (number, name);
    FOR one IN SELECT * FROM public.index_to_build LOOP
        EXECUTE one.indexdef;
    END LOOP;
    DROP TABLE public.index_to_build, public.spell;
END
$$
