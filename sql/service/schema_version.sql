SELECT version_num FROM public.schema_version;
