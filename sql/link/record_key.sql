-- The keys of every record of the registry.
CREATE TABLE record_key AS FROM keys_of('registry')
